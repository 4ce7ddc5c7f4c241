"""Does what docs/reference/ctios-protocol.md describes, against the server at argv[1], and holds it to that."""

import sys

from ctios import Client, Closed

URL = sys.argv[1]
AGENT, OTHER = "agent.5000.1001", "agent.5000.1002"


def step(text):
    print(text, flush=True)


def keys(message, required, optional=()):
    missing = [key for key in required if key not in message]
    unknown = [key for key in message if key not in (*required, *optional, "kind")]
    assert not missing and not unknown, f"{message}: missing {missing}, not on the page {unknown}"


def failed(done, code):
    keys(done, ["id", "outcome", "failure"], ["conf"])
    keys(done["failure"], ["code", "message"], ["failureCode", "peripheralErrorCode"])
    assert done["outcome"] == "failed" and done["failure"]["code"] == code, done


# Opening
client = Client(URL)
refused = client.hello(version=99)
keys(refused, ["code", "message"])
assert refused["kind"] == "refused" and refused["code"] == "CTIOS_VERSION_MISMATCH", refused
try:
    client.wait(lambda: False)
except Closed as closed:
    assert closed.code == 1000, closed
step("refuses another version")

client = Client(URL, "walkthrough")
welcome = client.hello()
keys(welcome, ["version", "server", "connectionId", "heartbeatMs"])
status = client.event("OnCTIOSFailure")
keys(status, ["event", "args"], ["recovered"])
client.wait(lambda: client.link is not None and client.link["state"] == "up")
keys(
    client.link,
    ["state", "standby"],
    ["side", "reason", "code", "protocolVersion", "roundTripMs", "services", "certificate"],
)
step("welcomes, with the system status and the link")

failed(client.request("Hold", target="call.5000.1.2001"), "CTIOS_NO_MODE")
failed(client.request("SetMessageFilter", args={"Filter": "MessageID=OnCallDeliverd"}), "CTIOS_INVALID_FILTER")
failed(client.request("NoSuchRequest"), "CTIOS_UNKNOWN_REQUEST")
step("refuses what comes before a mode, and filters that are wrong")

# Monitor mode: the snapshot is not filtered, what follows is.
client.events()
done = client.request("SetMessageFilter", args={"Filter": "MessageID=OnCallDelivered,OnCallEstablished"}, unknownKey=1)
keys(done, ["id", "outcome", "conf"])
assert done["outcome"] == "confirmed" and done["conf"]["event"] == "OnMonitorModeEstablished", done
assert done["conf"]["args"]["CILConnectionID"] == welcome["connectionId"], done
snapshot = [event for event in client.events() if event["event"] != "OnCTIOSFailure"]
assert snapshot and all(event.get("recovered") is True for event in snapshot), snapshot
agents = {event["args"]["UniqueObjectID"] for event in snapshot if event["event"] == "OnQueryAgentStateConf"}
assert {AGENT, OTHER} <= agents, agents
step("sends a snapshot of everything, whatever the filter")

done = client.request("MakeCall", target=AGENT, args={"dialednumber": "2002"})
keys(done, ["id", "outcome"], ["conf", "newObject"])
assert done["outcome"] == "confirmed" and done["newObject"].startswith("call.5000."), done
ringing = client.event("OnCallDelivered", AlertingDeviceID="2002")
call = ringing["args"]["UniqueObjectID"]
assert "recovered" not in ringing, ringing
done = client.request("Answer", target=call.rsplit(".", 1)[0] + ".2002")
assert done["outcome"] == "confirmed" and done["conf"]["event"] == "OnAnswerCallConf", done
established = client.event("OnCallEstablished")
call = established["args"]["UniqueObjectID"]
step("carries out requests by target, and sends what the filter selects")

failed(client.request("Retrieve", target=call), "CF_NO_HELD_CALL")
done = client.request("SetAgentState", target=AGENT, args={})
failed(done, "CTIOS_MISSING_ARGUMENT")
step("gives reasons with the keys that the page lists")

assert client.request("ClearConnection", target=call)["outcome"] == "confirmed"
ended = client.event("OnCallEnd", UniqueObjectID=call)
assert ended["args"]["UniqueObjectID"] == call
step("sends the end of a call that was seen, whatever the filter")

# Statistics
client.events()
done = client.request("EnableAgentStatistics", target=AGENT)
assert done["outcome"] == "confirmed", done
assert client.request("SetMessageFilter", args={"Filter": "MessageID=OnAgentStatistics"})["outcome"] == "confirmed"
assert client.request("EnableAgentStatistics", args={"AgentID": "1001", "PeripheralID": 5000})["outcome"] == "confirmed"
statistics = client.event("OnAgentStatistics")
assert statistics["args"]["UniqueObjectID"] == AGENT, statistics
only = {"Filter": "FilterTarget=SkillGroupStats"}
client.events()
assert client.request("SetMessageFilter", args=only)["outcome"] == "confirmed"
assert not [event for event in client.events() if event.get("recovered")], "no snapshot with this filter"
groups = {"PeripheralID": 5000, "SkillGroupNumbers": {"1": 10, "2": 20}}
assert client.request("EnableSkillGroupStatistics", args=groups)["outcome"] == "confirmed"
numbers = {client.event("OnSkillGroupStatisticsUpdated")["args"]["SkillGroupNumber"] for _ in range(2)}
assert numbers == {10, 20}, numbers
assert client.request("DisableSkillGroupStatistics", args=groups)["outcome"] == "confirmed"
step("sends statistics that were enabled")

# Heartbeats: ours come back, theirs count down.
client.heartbeats.clear()
client.send({"kind": "heartbeat", "id": 1})
client.wait(lambda: 1 in client.heartbeats)
client.answers = False
client.heartbeats.clear()
client.wait(lambda: len(client.heartbeats) >= 3)
first = client.heartbeats[0]
assert first < 0 and client.heartbeats[:3] == [first, first - 1, first - 2], client.heartbeats
client.answers = True
client.send({"kind": "heartbeat", "id": client.heartbeats[-1]})
assert client.request("DisableAgentStatistics", target=AGENT)["outcome"] == "confirmed"
step("returns heartbeats, and counts its own down")

client.bye()

# A client that does not answer is told why it is closed.
silent = Client(URL, "silent")
silent.hello()
silent.answers = False
try:
    silent.wait(lambda: False)
except Closed as closed:
    assert closed.code == 1008, closed
keys(silent.closing, ["code", "message"])
assert silent.closing["code"] == "CTIOS_CLIENT_SILENT", silent.closing
asked = silent.heartbeats
assert asked == list(range(-1, -1 - len(asked), -1)), asked
step("says why it closes")
