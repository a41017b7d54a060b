"""What can be changed about several reviews at once; what is left open stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from claims.admin.forms import PersonField, day
from claims.desk_vocabulary import Priority
from claims.models import User
from claims.vocabulary import Verb

AS_IT_IS = gettext_lazy("Leave as it is")


class PlanForm(forms.Form):
    """Who does it, how pressing it is, by when; a person is offered what their role allows."""

    assignee = PersonField(
        label=gettext_lazy("Assign to"),
        queryset=User.objects.none(),
        required=False,
        empty_label=str(AS_IT_IS),
    )
    priority = forms.TypedChoiceField(
        label=gettext_lazy("Priority"),
        choices=[("", AS_IT_IS), *Priority.choices[::-1]],
        coerce=lambda value: Priority(int(value)),
        empty_value=None,
        required=False,
    )
    due_on = day(gettext_lazy("Due on"))
    no_day = forms.BooleanField(label=gettext_lazy("Take the due day away"), required=False)

    def __init__(self, *, able: Iterable[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        kept = {*able, *(["no_day"] if "due_on" in able else [])}
        for name in set(self.fields) - kept:
            del self.fields[name]
        if "assignee" in self.fields:
            field: Any = self.fields["assignee"]
            field.empty_label = AS_IT_IS
            able_people = User.objects.with_perm(f"claims.{Verb.PROPOSE_VERDICT}")
            field.queryset = able_people.order_by("public_name")

    @classmethod
    def labels(cls) -> dict[str, StrOrPromise]:
        """Return what the fields are called."""
        return {name: field.label or name for name, field in cls.base_fields.items()}

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("due_on") and data.get("no_day"):
            raise ValidationError({"due_on": _("Give a day or take it away, not both.")})
        if not self.errors and not self.changes():
            raise ValidationError(_("Say what to change."))
        return data

    def changes(self) -> dict[str, Any]:
        """Return what was chosen, by name."""
        data = self.cleaned_data
        chosen = {name: data[name] for name in ("assignee", "priority", "due_on") if data.get(name)}
        return chosen | ({"due_on": None} if data.get("no_day") else {})
