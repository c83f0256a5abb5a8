"""Every read of the barriers register that someone else may want, and its access doors."""

from .figures import (
    Figures as Figures,
)
from .figures import (
    ThemeRow as ThemeRow,
)
from .figures import (
    Unanswered as Unanswered,
)
from .figures import (
    coverage as coverage,
)
from .figures import (
    figures as figures,
)
from .figures import (
    findings_at_sign_off as findings_at_sign_off,
)
from .figures import (
    has_rated as has_rated,
)
from .figures import (
    important_without_response as important_without_response,
)
from .figures import (
    own_ratings as own_ratings,
)
from .figures import (
    summary as summary,
)
from .figures import (
    theme_rows as theme_rows,
)
from .figures import (
    themes_not_raised_by as themes_not_raised_by,
)
from .figures import (
    themes_of_one_group as themes_of_one_group,
)
from .figures import (
    zones as zones,
)
from .onward import Onward as Onward
from .onward import add_onward as add_onward
from .onward import onward_from as onward_from
from .record import rows_for_record as rows_for_record
from .register import (
    barrier_by_ref as barrier_by_ref,
)
from .register import (
    barrier_for as barrier_for,
)
from .register import (
    barrier_in as barrier_in,
)
from .register import (
    barrier_to_check_back as barrier_to_check_back,
)
from .register import (
    barriers_of as barriers_of,
)
from .register import (
    barriers_with as barriers_with,
)
from .register import (
    found_by as found_by,
)
from .register import (
    group_ids_of as group_ids_of,
)
from .register import (
    important as important,
)
from .register import (
    in_zone as in_zone,
)
from .register import (
    main_group_of as main_group_of,
)
from .register import (
    member as member,
)
from .register import (
    members_of as members_of,
)
from .register import (
    merged_in as merged_in,
)
from .register import (
    merges_of as merges_of,
)
from .register import (
    next_number as next_number,
)
from .register import (
    next_theme_number as next_theme_number,
)
from .register import (
    notes_of as notes_of,
)
from .register import (
    open_for_merging as open_for_merging,
)
from .register import (
    opened_ids as opened_ids,
)
from .register import (
    raisers_of as raisers_of,
)
from .register import (
    root_of as root_of,
)
from .register import (
    said_of as said_of,
)
from .register import (
    theme_in as theme_in,
)
from .register import (
    themes_of as themes_of,
)
from .register import (
    visit_register as visit_register,
)
from .register import (
    visit_themes as visit_themes,
)
