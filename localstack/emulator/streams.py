"""Lets stream consumers go on after a restart.

The emulator saves how far each mapping has read a table's stream, but not the stream, which begins anew at zero: a
mapping that had read a thousand records would not see the next thousand. With no position of its own it begins where
its StartingPosition says; for TRIM_HORIZON, which is what the city uses, that is the first record after the restart.
"""

from ministack.services import lambda_svc


def forget_stream_positions() -> None:
    """Replaces how the emulator loads its saved state; to be called once, before it serves."""
    load = lambda_svc._restore_state

    def load_all_but_positions(data):
        load(data)
        lambda_svc._dynamodb_stream_positions.clear()

    lambda_svc._restore_state = load_all_but_positions
    # A service that was imported already has loaded its state.
    lambda_svc._dynamodb_stream_positions.clear()
