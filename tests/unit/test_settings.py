import pytest

from eosc_perf.server.config import SettingsError, from_environment


@pytest.mark.parametrize("address", ["ftp://im.example/{site}", "https://im.example/{who}", "https://a b"])
def test_an_address_to_deploy_at_that_cannot_be_filled_in_stops_the_start(address: str) -> None:
    with pytest.raises(SettingsError, match="DEPLOY_URL"):
        from_environment({"DATABASE_URL": "postgresql://x", "DEPLOY_URL": address})


def test_there_may_be_no_address_to_deploy_at() -> None:
    assert from_environment({"DATABASE_URL": "postgresql://x", "DEPLOY_URL": ""}).deploy_url == ""
