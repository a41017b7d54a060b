"""People on the desk: accounts, roles, and who may change whose."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.models import Group, Permission
from django.db.models import ManyToManyField, Q, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from claims.admin.base import DeskAdmin
from claims.admin.cells import when
from claims.admin.site import person_of
from claims.models import User
from claims.vocabulary import Role

# The roles and their verbs are set by a migration and documented; nobody edits them by hand.
admin.site.unregister(Group)

FLAGS = ("is_active", "is_staff")
USERNAME = _("To sign in with. Letters, digits and @ . + - _")


def within(mine: User, theirs: set[str]) -> bool:
    """Whether somebody holds all the permissions in `theirs`."""
    return mine.is_superuser or theirs <= mine.get_all_permissions()


def may_manage(person: User, other: User) -> bool:
    """Whether `person` could not gain anything by changing the account of `other`."""
    if person.is_superuser:
        return True
    return not other.is_superuser and within(person, could_do(other))


def could_do(other: User) -> set[str]:
    """Return what an account may do once it is active: Django says "nothing" of one that is not."""
    held = Permission.objects.filter(Q(group__user=other) | Q(user=other))
    return {
        f"{app}.{name}" for app, name in held.values_list("content_type__app_label", "codename")
    }


def permissions_of(group: Group) -> set[str]:
    """Return the permissions of a group, as users hold them."""
    rows = group.permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def role_name(group: Group) -> str:
    """Return what a role is called on the desk; a group somebody made by hand keeps its name."""
    return str(Role(group.name).label) if group.name in Role.values else group.name


class RoleFilter(admin.RelatedFieldListFilter):
    """The roles, called as they are on the desk."""

    def field_choices(
        self, field: Any, request: HttpRequest, model_admin: ModelAdmin[Any]
    ) -> list[tuple[str, StrOrPromise]]:
        return [(str(group.pk), role_name(group)) for group in Group.objects.order_by("name")]


class NewPersonForm(UserCreationForm[User]):
    """An account that can sign in to the desk."""

    class Meta:
        model = User
        fields = ("username", "public_name")
        help_texts: ClassVar = {"username": USERNAME}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.instance.is_staff = True


class PersonForm(UserChangeForm[User]):
    """An account, in the words of the desk."""

    class Meta(UserChangeForm.Meta):
        model = User
        labels: ClassVar = {
            "is_active": _("May sign in"),
            "is_staff": _("Works on the desk"),
            "is_superuser": _("Administrator"),
            "groups": _("Roles"),
        }
        help_texts: ClassVar = {
            "username": USERNAME,
            "is_active": _(
                "Take this away instead of deleting an account: acts name their authors."
            ),
            "is_staff": _("Without this, the desk stays closed."),
            "is_superuser": _("May do everything, but never approve their own proposal."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class NewPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]
    """A new password for somebody; an account without one is a deactivated account, not a state of its own."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True
            field.widget.attrs.pop("autofocus", None)


class RolesField(forms.ModelMultipleChoiceField[Group]):
    """Roles to tick; a key no database can hold is no role."""

    def label_from_instance(self, obj: Group) -> str:
        return role_name(obj)

    def clean(self, value: Any) -> QuerySet[Group]:
        try:
            return super().clean(value)
        except OverflowError:
            message = self.error_messages["invalid_pk_value"]
            raise forms.ValidationError(message, params={"pk": "?"}) from None


class PersonAdmin(DeskAdmin[User], UserAdmin[User]):
    """Accounts. They are deactivated, never deleted: acts name their authors."""

    list_display = ("username", "public_name", "roles", "may_sign_in", "seen")
    list_filter = (("groups", RoleFilter), "is_active")
    search_fields = ("username", "public_name", "first_name", "last_name", "email")
    filter_horizontal = ()
    readonly_fields = ("seen", "joined")
    form = PersonForm
    add_form = NewPersonForm
    add_form_template = None
    change_password_form = NewPasswordForm
    change_user_password_template = "admin/user_password.html"  # noqa: S105
    add_fieldsets = ((None, {"fields": ("username", "public_name", "password1", "password2")}),)
    fieldsets = (
        (None, {"fields": ("username", "public_name")}),
        (_("Person"), {"fields": ("first_name", "last_name", "email")}),
        (_("Access"), {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        (_("Dates"), {"fields": ("seen", "joined")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("Roles"))
    def roles(self, person: User) -> str:
        """Name the person's roles."""
        names = [role_name(group) for group in person.groups.all()]
        return ", ".join([*names, *([gettext("Superuser")] if person.is_superuser else [])]) or "—"

    @admin.display(description=_("May sign in"), ordering="is_active")
    def may_sign_in(self, person: User) -> str:
        """Say whether the account is open."""
        return gettext("Yes") if person.is_active else gettext("No")

    @admin.display(description=_("Last seen"), ordering="last_login")
    def seen(self, person: User) -> SafeString | str:
        """When they last signed in."""
        return when(person.last_login) if person.last_login else "—"

    @admin.display(description=_("Since"))
    def joined(self, person: User) -> SafeString:
        """When the account was made."""
        return when(person.date_joined)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup in ("groups__id__exact", "is_active__exact")

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or may_manage(person_of(request), obj)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Only a superuser makes superusers; nobody changes their own access."""
        fixed = list(super().get_readonly_fields(request, obj))
        person = person_of(request)
        if not person.is_superuser:
            fixed.append("is_superuser")
            if obj is not None and obj.pk == person.pk:
                fixed += [*FLAGS, "groups"]
        return fixed

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.ModelMultipleChoiceField[Any] | None:
        """Offer the roles whose every permission this person holds, as check-boxes."""
        person = person_of(request)
        able = [
            group.pk
            for group in Group.objects.all()
            if person.is_superuser or within(person, permissions_of(group))
        ]
        kwargs |= {
            "queryset": Group.objects.filter(pk__in=able),
            "widget": forms.CheckboxSelectMultiple,
            "form_class": RolesField,
            "help_text": "",
        }
        return super().formfield_for_manytomany(db_field, request, **kwargs)
