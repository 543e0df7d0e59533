"""What went wrong in another process is told in this one as it was there."""

import pickle

import pytest

from hiplevel.model.errors import HiplevelError, InputError, Reason, RecordingError, UsageError


@pytest.mark.parametrize("kind", [InputError, RecordingError, UsageError])
def test_an_error_goes_from_process_to_process(kind: type[HiplevelError]) -> None:
    error = kind("The file is empty.", Reason.EMPTY, "Record again.")
    there = pickle.loads(pickle.dumps(error))
    assert (type(there), str(there), there.reason, there.hint) == (kind, str(error), Reason.EMPTY, error.hint)
