/**
 * The messages of the protocol for the tests, written independently of the product's own tables.
 *
 * A message is its number and name, then its fields in the order of the encoding: `Name:TYPE` fixed · `Name@25:TYPE`
 * floating, with its tag, or tags, `-` if none is published · `#List` counts that list · `>=14` `<=24` first and last
 * version · `STRING64(16<19)` at most 64 bytes, 16 before version 19 · `List*16{ … }` a list of at most 16 elements,
 * `p` after the number if it may be packed.
 */
export const GUIDE = `
1 FAILURE_CONF
    InvokeID:UINT Status:UINT CTIOSCILClientID@217:STRING64

2 FAILURE_EVENT
    Status:UINT

3 OPEN_REQ
    InvokeID:UINT VersionNumber:UINT IdleTimeout:UINT PeripheralID:UINT ServicesRequested:UINT CallMsgMask:UINT
    AgentStateMask:UINT ConfigMsgMask:UINT Reserved1:UINT Reserved2:UINT Reserved3:UINT ClientID@1:STRING64
    ClientPassword@2:UNSPEC64 ClientSignature@3:STRING64 AgentExtension@4:STRING16 AgentID@5:STRING12
    AgentInstrument@6:STRING64 ApplicationPathID@97:INT UniqueInstanceID@-:STRING64>=24
    AgentIDLong@194:STRING129

4 OPEN_CONF
    InvokeID:UINT ServicesGranted:UINT MonitorID:UINT PGStatus:UINT ICMCentralControllerTime:TIME
    PeripheralOnline:BOOL PeripheralType:USHORT AgentState:USHORT DepartmentID:INT>=19 SessionType:USHORT>=24
    AgentExtension@4:STRING16 AgentID@5:STRING12 AgentInstrument@6:STRING64
    NumPeripherals@228:USHORT>=14#Peripherals Peripherals*{ FltPeripheralID@208:UINT>=14
    MultilineAgentControl@224:USHORT>=14 } AgentIDLong@194:STRING129

5 HEARTBEAT_REQ
    InvokeID:UINT

6 HEARTBEAT_CONF
    InvokeID:UINT

7 CLOSE_REQ
    InvokeID:UINT Status:UINT

8 CLOSE_CONF
    InvokeID:UINT

9 CALL_DELIVERED_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    LineHandle:USHORT LineType:USHORT ServiceNumber:UINT ServiceID:UINT SkillGroupNumber:UINT SkillGroupID:UINT
    SkillGroupPriority:USHORT AlertingDeviceType:USHORT CallingDeviceType:USHORT CalledDeviceType:USHORT
    LastRedirectDeviceType:USHORT LocalConnectionState:USHORT EventCause:USHORT
    NumNamedVariables:USHORT#NamedVariables NumNamedArrays:USHORT#NamedArrays ConnectionDeviceID@25:STRING64
    AlertingDeviceID@26:STRING64 CallingDeviceID@27:STRING64 CalledDeviceID@28:STRING64
    LastRedirectDeviceID@29:STRING64 TrunkNumber@121:UINT TrunkGroupNumber@122:UINT
    SecondaryConnectionCallID@202:UINT ANI@8:STRING40 ANI_II@215:STRING2>=11 UserToUserInfo@9:UNSPEC131
    DNIS@10:STRING32 DialedNumber@11:STRING40 CallerEnteredDigits@12:STRING40 CallVariable1@13:STRING41
    CallVariable2@14:STRING41 CallVariable3@15:STRING41 CallVariable4@16:STRING41 CallVariable5@17:STRING41
    CallVariable6@18:STRING41 CallVariable7@19:STRING41 CallVariable8@20:STRING41 CallVariable9@21:STRING41
    CallVariable10@22:STRING41 CallWrapupData@46:STRING40 NamedVariables@82:NAMEDVAR NamedArrays@83:NAMEDARRAY

10 CALL_ESTABLISHED_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    LineHandle:USHORT LineType:USHORT ServiceNumber:UINT ServiceID:UINT SkillGroupNumber:UINT SkillGroupID:UINT
    SkillGroupPriority:USHORT AnsweringDeviceType:USHORT CallingDeviceType:USHORT CalledDeviceType:USHORT
    LastRedirectDeviceType:USHORT LocalConnectionState:USHORT EventCause:USHORT ConnectionDeviceID@25:STRING64
    AnsweringDeviceID@30:STRING64 CallingDeviceID@27:STRING64 CalledDeviceID@28:STRING64
    LastRedirectDeviceID@29:STRING64 TrunkNumber@121:UINT TrunkGroupNumber@122:UINT

11 CALL_HELD_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    HoldingDeviceType:USHORT LocalConnectionState:USHORT EventCause:USHORT ConnectionDeviceID@25:STRING64
    HoldingDeviceID@31:STRING64

12 CALL_RETRIEVED_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    RetrievingDeviceType:USHORT LocalConnectionState:USHORT EventCause:USHORT ConnectionDeviceID@25:STRING64
    RetrievingDeviceID@32:STRING64

13 CALL_CLEARED_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    LocalConnectionState:USHORT EventCause:USHORT ConnectionDeviceID@25:STRING64

14 CALL_CONNECTION_CLEARED_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    ReleasingDeviceType:USHORT LocalConnectionState:USHORT EventCause:USHORT ConnectionDeviceID@25:STRING64
    ReleasingDeviceID@33:STRING64

15 CALL_ORIGINATED_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    LineHandle:USHORT LineType:USHORT ServiceNumber:UINT ServiceID:UINT SkillGroupNumber:UINT SkillGroupID:UINT
    SkillGroupPriority:USHORT CallingDeviceType:USHORT CalledDeviceType:USHORT LocalConnectionState:USHORT
    EventCause:USHORT ConnectionDeviceID@25:STRING64 CallingDeviceID@27:STRING64 CalledDeviceID@28:STRING64

16 CALL_FAILED_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    FailingDeviceType:USHORT CalledDeviceType:USHORT LocalConnectionState:USHORT EventCause:USHORT
    ConnectionDeviceID@25:STRING64 FailingDeviceID@34:STRING64 CalledDeviceID@28:STRING64

17 CALL_CONFERENCED_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT PrimaryDeviceIDType:USHORT PrimaryCallID:UINT
    LineHandle:USHORT LineType:USHORT SkillGroupNumber:UINT SkillGroupID:UINT SkillGroupPriority:USHORT
    NumParties:USHORT#ConnectedParties SecondaryDeviceIDType:USHORT SecondaryCallID:UINT
    ControllerDeviceType:USHORT AddedPartyDeviceType:USHORT LocalConnectionState:USHORT EventCause:USHORT
    PrimaryDeviceID@35:STRING64 SecondaryDeviceID@36:STRING64 ControllerDeviceID@37:STRING64
    AddedPartyDeviceID@38:STRING64 ConnectedParties*16{ ConnectedPartyCallID@39:UINT
    ConnectedPartyDeviceIDType@40:USHORT ConnectedPartyDeviceID@41:STRING64 }

18 CALL_TRANSFERRED_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT PrimaryDeviceIDType:USHORT PrimaryCallID:UINT
    LineHandle:USHORT LineType:USHORT SkillGroupNumber:UINT SkillGroupID:UINT SkillGroupPriority:USHORT
    NumParties:USHORT#ConnectedParties SecondaryDeviceIDType:USHORT SecondaryCallID:UINT
    TransferringDeviceType:USHORT TransferredDeviceType:USHORT LocalConnectionState:USHORT EventCause:USHORT
    PrimaryDeviceID@35:STRING64 SecondaryDeviceID@36:STRING64 TransferringDeviceID@42:STRING64
    TransferredDeviceID@43:STRING64 ConnectedParties*16{ ConnectedPartyCallID@39:UINT
    ConnectedPartyDeviceIDType@40:USHORT ConnectedPartyDeviceID@41:STRING64 }

19 CALL_DIVERTED_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    ServiceNumber:UINT ServiceID:UINT DivertingDeviceType:USHORT CalledDeviceType:USHORT
    LocalConnectionState:USHORT EventCause:USHORT ConnectionDeviceID@25:STRING64 DivertingDeviceID@44:STRING64
    CalledDeviceID@28:STRING64

20 CALL_SERVICE_INITIATED_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    LineHandle:USHORT LineType:USHORT ServiceNumber:UINT ServiceID:UINT SkillGroupNumber:UINT SkillGroupID:UINT
    SkillGroupPriority:USHORT CallingDeviceType:USHORT LocalConnectionState:USHORT EventCause:USHORT
    ConnectionDeviceID@25:STRING64 CallingDeviceID@27:STRING64 CallReferenceID@223:UNSPEC32
    COCConnectionCallID@229:UINT>=14 COCCallConnectionDeviceIDType@230:USHORT>=14
    COCCallConnectionDeviceID@231:STRING64>=14

21 CALL_QUEUED_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    ServiceNumber:UINT ServiceID:UINT QueueDeviceType:USHORT CallingDeviceType:USHORT CalledDeviceType:USHORT
    LastRedirectDeviceType:USHORT NumQueued:USHORT NumSkillGroups:USHORT#SkillGroups LocalConnectionState:USHORT
    EventCause:USHORT ConnectionDeviceID@25:STRING64 QueueDeviceID@45:STRING64 CallingDeviceID@27:STRING64
    CalledDeviceID@28:STRING64 LastRedirectDeviceID@29:STRING64 SkillGroups*20{ SkillGroupNumber@62:UINT
    SkillGroupID@63:UINT SkillGroupPriority@64:USHORT }

22 CALL_TRANSLATION_ROUTE_EVENT
    NumNamedVariables:USHORT#NamedVariables NumNamedArrays:USHORT#NamedArrays ANI@8:STRING40
    UserToUserInfo@9:UNSPEC131 DNIS@10:STRING32 DialedNumber@11:STRING40 CallerEnteredDigits@12:STRING40
    RouterCallKeyDay@72:UINT RouterCallKeyCallID@73:UINT RouterCallKeySequenceNumber@110:UINT
    CallVariable1@13:STRING41 CallVariable2@14:STRING41 CallVariable3@15:STRING41 CallVariable4@16:STRING41
    CallVariable5@17:STRING41 CallVariable6@18:STRING41 CallVariable7@19:STRING41 CallVariable8@20:STRING41
    CallVariable9@21:STRING41 CallVariable10@22:STRING41 NamedVariables@82:NAMEDVAR NamedArrays@83:NAMEDARRAY
    ANI_II@215:STRING2

23 BEGIN_CALL_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT NumCTIClients:USHORT#CTIClients
    NumNamedVariables:USHORT#NamedVariables NumNamedArrays:USHORT#NamedArrays CallType:USHORT
    ConnectionDeviceIDType:USHORT ConnectionCallID:UINT CalledPartyDisposition:USHORT
    ConnectionDeviceID@25:STRING64 ANI@8:STRING40 UserToUserInfo@9:UNSPEC131 DNIS@10:STRING32
    DialedNumber@11:STRING40 CallerEnteredDigits@12:STRING40 RouterCallKeyDay@72:UINT
    RouterCallKeyCallID@73:UINT RouterCallKeySequenceNumber@110:UINT CallVariable1@13:STRING41
    CallVariable2@14:STRING41 CallVariable3@15:STRING41 CallVariable4@16:STRING41 CallVariable5@17:STRING41
    CallVariable6@18:STRING41 CallVariable7@19:STRING41 CallVariable8@20:STRING41 CallVariable9@21:STRING41
    CallVariable10@22:STRING41 CallWrapupData@46:STRING40 NamedVariables@82:NAMEDVAR NamedArrays@83:NAMEDARRAY
    CTIClients*16{ CTIClientSignature@23:STRING64 CTIClientTimestamp@24:TIME } CallReferenceID@223:UNSPEC32>=14
    ANI_II@215:STRING2

24 END_CALL_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    ConnectionDeviceID@25:STRING64

25 CALL_DATA_UPDATE_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT NumCTIClients:USHORT#CTIClients
    NumNamedVariables:USHORT#NamedVariables NumNamedArrays:USHORT#NamedArrays CallType:USHORT
    ConnectionDeviceIDType:USHORT ConnectionCallID:UINT NewConnectionDeviceIDType:USHORT
    NewConnectionCallID:UINT CalledPartyDisposition:USHORT CampaignID:UINT QueryRuleID:UINT
    ConnectionDeviceID@25:STRING64 NewConnectionDeviceID@47:STRING64 ANI@8:STRING40 UserToUserInfo@9:UNSPEC131
    DNIS@10:STRING32 DialedNumber@11:STRING40 CallerEnteredDigits@12:STRING40 RouterCallKeyDay@72:UINT
    RouterCallKeyCallID@73:UINT RouterCallKeySequenceNumber@110:UINT CallVariable1@13:STRING41
    CallVariable2@14:STRING41 CallVariable3@15:STRING41 CallVariable4@16:STRING41 CallVariable5@17:STRING41
    CallVariable6@18:STRING41 CallVariable7@19:STRING41 CallVariable8@20:STRING41 CallVariable9@21:STRING41
    CallVariable10@22:STRING41 CallWrapupData@46:STRING40 NamedVariables@82:NAMEDVAR NamedArrays@83:NAMEDARRAY
    CustomerPhoneNumber@95:STRING20 CustomerAccountNumber@96:STRING32 CTIClients*16{
    CTIClientSignature@23:STRING64 CTIClientTimestamp@24:TIME } CallReferenceID@223:UNSPEC32>=14
    ANI_II@215:STRING2

26 SET_CALL_DATA_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    NumNamedVariables:USHORT#NamedVariables NumNamedArrays:USHORT#NamedArrays CallType:USHORT
    CalledPartyDisposition:USHORT CampaignID:UINT QueryRuleID:UINT ConnectionDeviceID@25:STRING64 ANI@8:STRING40
    UserToUserInfo@9:UNSPEC131 CallerEnteredDigits@12:STRING40 CallVariable1@13:STRING41
    CallVariable2@14:STRING41 CallVariable3@15:STRING41 CallVariable4@16:STRING41 CallVariable5@17:STRING41
    CallVariable6@18:STRING41 CallVariable7@19:STRING41 CallVariable8@20:STRING41 CallVariable9@21:STRING41
    CallVariable10@22:STRING41 CallWrapupData@46:STRING40 NamedVariables@82:NAMEDVAR NamedArrays@83:NAMEDARRAY
    CustomerPhoneNumber@95:STRING20 CustomerAccountNumber@96:STRING32 RouterCallKeyDay@72:UINT>=14
    RouterCallKeyCallID@73:UINT>=14 RouterCallKeySequenceNumber@110:UINT>=14 CallOriginatedFrom@232:UCHAR>=14
    ANI_II@215:STRING2 CTIOSCILClientID@217:STRING64

27 SET_CALL_DATA_CONF
    InvokeID:UINT

28 RELEASE_CALL_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    ConnectionDeviceID@25:STRING64

29 RELEASE_CALL_CONF
    InvokeID:UINT

30 AGENT_STATE_EVENT
    MonitorID:UINT PeripheralID:UINT SessionID:UINT PeripheralType:USHORT SkillGroupState:USHORT
    StateDuration:UINT SkillGroupNumber:UINT SkillGroupID:UINT SkillGroupPriority:USHORT AgentState:USHORT
    EventReasonCode:USHORT MRDID:INT NumTasks:UINT AgentMode:USHORT MaxTaskLimit:UINT ICMAgentID:INT
    AgentAvailabilityStatus:UINT NumFltSkillGroups:USHORT>=13#FltSkillGroups DepartmentID:INT>=19
    CTIClientSignature@3:STRING64 AgentID@5:STRING12 AgentExtension@4:STRING16 ActiveTerminal@303:STRING64
    AgentInstrument@6:STRING64 Duration@150:UINT>=13 NextAgentState@123:USHORT>=13 Direction@244:UINT>=16
    FltSkillGroups*99{ FltSkillGroupNumber@62:UINT>=13 FltSkillGroupID@63:UINT>=13
    FltSkillGroupPriority@64:USHORT>=13 FltSkillGroupState@65:USHORT>=13 } MaxBeyondTaskLimit@266:UINT>=22
    AgentIDLong@194:STRING129

31 SYSTEM_EVENT
    PGStatus:UINT ICMCentralControllerTime:TIME SystemEventID:UINT SystemEventArg1:UINT SystemEventArg2:UINT
    SystemEventArg3:UINT EventDeviceType:USHORT>=13 Text@7:STRING255 EventDeviceID@206:STRING64>=13

32 CLIENT_EVENT_REPORT_REQ
    InvokeID:UINT State:USHORT ObjectName@66:STRING128 Text@7:STRING255

33 CLIENT_EVENT_REPORT_CONF
    InvokeID:UINT

34 CALL_REACHED_NETWORK_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    LineHandle:USHORT LineType:USHORT TrunkUsedDeviceType:USHORT CalledDeviceType:USHORT
    LocalConnectionState:USHORT EventCause:USHORT ConnectionDeviceID@25:STRING64 TrunkUsedDeviceID@48:STRING64
    CalledDeviceID@28:STRING64 TrunkNumber@121:UINT TrunkGroupNumber@122:UINT

35 CONTROL_FAILURE_CONF
    InvokeID:UINT FailureCode:USHORT PeripheralErrorCode:UINT CTIOSCILClientID@217:STRING64

36 QUERY_AGENT_STATE_REQ
    InvokeID:UINT PeripheralID:UINT MRDID:INT ICMAgentID:INT AgentExtension@4:STRING16 AgentID@5:STRING12
    AgentInstrument@6:STRING64 AgentIDLong@194:STRING129

37 QUERY_AGENT_STATE_CONF
    InvokeID:UINT AgentState:USHORT NumSkillGroups:USHORT#SkillGroups MRDID:INT NumTasks:UINT AgentMode:USHORT
    MaxTaskLimit:UINT ICMAgentID:INT AgentAvailabilityStatus:UINT DepartmentID:INT>=19 AgentID@5:STRING12
    AgentExtension@4:STRING16 AgentInstrument@6:STRING64 SkillGroups*20{ SkillGroupNumber@62:UINT
    SkillGroupID@63:UINT SkillGroupPriority@64:USHORT SkillGroupState@65:USHORT }
    InternalAgentState@255:USHORT>=19 MaxBeyondTaskLimit@266:UINT>=22 AgentIDLong@194:STRING129

38 SET_AGENT_STATE_REQ
    InvokeID:UINT PeripheralID:UINT AgentState:USHORT AgentWorkMode:USHORT NumSkillGroups:USHORT#SkillGroups
    EventReasonCode:USHORT ForcedFlag:UCHAR>=13 AgentServiceReq:UINT>=13 AgentInstrument@6:STRING64
    ActiveTerminal@303:STRING64 AgentID@5:STRING12 AgentPassword@49:STRING64 PositionID@68:STRING12
    SupervisorID@69:STRING12 SSOEnabled@257:USHORT>=20 SkillGroups*10{ SkillGroupNumber@62:UINT
    SkillGroupPriority@64:USHORT } AgentIDLong@194:STRING129

39 SET_AGENT_STATE_CONF
    InvokeID:UINT AgentIDLong@194:STRING129

40 ALTERNATE_CALL_REQ
    InvokeID:UINT PeripheralID:UINT ActiveConnectionCallID:UINT OtherConnectionCallID:UINT
    ActiveConnectionDeviceIDType:USHORT OtherConnectionDeviceIDType:USHORT ActiveConnectionDeviceID@50:STRING64
    OtherConnectionDeviceID@52:STRING64 AgentInstrument@6:STRING64 CTIOSCILClientID@217:STRING64

41 ALTERNATE_CALL_CONF
    InvokeID:UINT

42 ANSWER_CALL_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT
    ConnectionDeviceID@25:STRING64 AgentInstrument@6:STRING64 CTIOSCILClientID@217:STRING64

43 ANSWER_CALL_CONF
    InvokeID:UINT

44 CLEAR_CALL_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT
    ConnectionDeviceID@25:STRING64 AgentInstrument@6:STRING64 CTIOSCILClientID@217:STRING64

45 CLEAR_CALL_CONF
    InvokeID:UINT

46 CLEAR_CONNECTION_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT
    ConnectionDeviceID@25:STRING64 AgentInstrument@6:STRING64 RequestingDeviceID@219:STRING64>=14
    RequestingDeviceIDType@220:USHORT>=14 CTIOSCILClientID@217:STRING64<=24

47 CLEAR_CONNECTION_CONF
    InvokeID:UINT

48 CONFERENCE_CALL_REQ
    InvokeID:UINT PeripheralID:UINT HeldConnectionCallID:UINT ActiveConnectionCallID:UINT
    HeldConnectionDeviceIDType:USHORT ActiveConnectionDeviceIDType:USHORT CallPlacementType:USHORT
    CallMannerType:USHORT AlertRings:USHORT CallOption:USHORT FacilityType:USHORT AnsweringMachine:USHORT
    Priority:BOOL PostRoute:BOOL NumNamedVariables:USHORT#NamedVariables NumNamedArrays:USHORT#NamedArrays
    ActiveConnectionDeviceID@50:STRING64 HeldConnectionDeviceID@53:STRING64 AgentInstrument@6:STRING64
    DialedNumber@11:STRING40 UserToUserInfo@9:UNSPEC131 CallVariable1@13:STRING41 CallVariable2@14:STRING41
    CallVariable3@15:STRING41 CallVariable4@16:STRING41 CallVariable5@17:STRING41 CallVariable6@18:STRING41
    CallVariable7@19:STRING41 CallVariable8@20:STRING41 CallVariable9@21:STRING41 CallVariable10@22:STRING41
    CallWrapupData@46:STRING40 NamedVariables@82:NAMEDVAR NamedArrays@83:NAMEDARRAY FacilityCode@51:STRING40
    AuthorizationCode@77:STRING40 AccountCode@78:STRING40

49 CONFERENCE_CALL_CONF
    InvokeID:UINT NewConnectionCallID:UINT NewConnectionDeviceIDType:USHORT NumParties:USHORT#ConnectedParties
    LineHandle:USHORT LineType:USHORT NewConnectionDeviceID@47:STRING64 ConnectedParties*16{
    ConnectedPartyCallID@39:UINT ConnectedPartyDeviceIDType@40:USHORT ConnectedPartyDeviceID@41:STRING64 }

50 CONSULTATION_CALL_REQ
    InvokeID:UINT PeripheralID:UINT ActiveConnectionCallID:UINT ActiveConnectionDeviceIDType:USHORT
    CallPlacementType:USHORT CallMannerType:USHORT ConsultType:USHORT AlertRings:USHORT CallOption:USHORT
    FacilityType:USHORT AnsweringMachine:USHORT Priority:BOOL PostRoute:BOOL
    NumNamedVariables:USHORT#NamedVariables NumNamedArrays:USHORT#NamedArrays
    ActiveConnectionDeviceID@50:STRING64 DialedNumber@11:STRING40 AgentInstrument@6:STRING64
    UserToUserInfo@9:UNSPEC131 CallVariable1@13:STRING41 CallVariable2@14:STRING41 CallVariable3@15:STRING41
    CallVariable4@16:STRING41 CallVariable5@17:STRING41 CallVariable6@18:STRING41 CallVariable7@19:STRING41
    CallVariable8@20:STRING41 CallVariable9@21:STRING41 CallVariable10@22:STRING41 CallWrapupData@46:STRING40
    NamedVariables@82:NAMEDVAR NamedArrays@83:NAMEDARRAY FacilityCode@51:STRING40 AuthorizationCode@77:STRING40
    AccountCode@78:STRING40

51 CONSULTATION_CALL_CONF
    InvokeID:UINT NewConnectionCallID:UINT NewConnectionDeviceIDType:USHORT LineHandle:USHORT LineType:USHORT
    NewConnectionDeviceID@47:STRING64

52 DEFLECT_CALL_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT CalledDeviceType:USHORT
    ConnectionDeviceID@25:STRING64 CalledDeviceID@28:STRING64 AgentInstrument@6:STRING64
    CTIOSCILClientID@217:STRING64

53 DEFLECT_CALL_CONF
    InvokeID:UINT

54 HOLD_CALL_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT Reservation:BOOL
    ConnectionDeviceID@25:STRING64 AgentInstrument@6:STRING64 CTIOSCILClientID@217:STRING64

55 HOLD_CALL_CONF
    InvokeID:UINT

56 MAKE_CALL_REQ
    InvokeID:UINT PeripheralID:UINT CallPlacementType:USHORT CallMannerType:USHORT AlertRings:USHORT
    CallOption:USHORT FacilityType:USHORT AnsweringMachine:USHORT Priority:BOOL PostRoute:BOOL
    NumNamedVariables:USHORT#NamedVariables NumNamedArrays:USHORT#NamedArrays SkillGroupNumber:UINT>=14
    AgentInstrument@6:STRING64 DialedNumber@11:STRING40 UserToUserInfo@9:UNSPEC131 CallVariable1@13:STRING41
    CallVariable2@14:STRING41 CallVariable3@15:STRING41 CallVariable4@16:STRING41 CallVariable5@17:STRING41
    CallVariable6@18:STRING41 CallVariable7@19:STRING41 CallVariable8@20:STRING41 CallVariable9@21:STRING41
    CallVariable10@22:STRING41 CallWrapupData@46:STRING40 NamedVariables@82:NAMEDVAR NamedArrays@83:NAMEDARRAY
    FacilityCode@51:STRING40 AuthorizationCode@77:STRING40 AccountCode@78:STRING40 CCT@84:STRING4

57 MAKE_CALL_CONF
    InvokeID:UINT NewConnectionCallID:UINT NewConnectionDeviceIDType:USHORT LineHandle:USHORT LineType:USHORT
    NewConnectionDeviceID@47:STRING64

58 MAKE_PREDICTIVE_CALL_REQ
    InvokeID:UINT PeripheralID:UINT CallPlacementType:USHORT CallMannerType:USHORT AlertRings:USHORT
    CallOption:USHORT FacilityType:USHORT AnsweringMachine:USHORT Priority:BOOL AllocationState:USHORT
    DestinationCountry:USHORT AnswerDetectMode:USHORT AnswerDetectTime:USHORT AnswerDetectControl1:UINT
    AnswerDetectControl2:UINT NumNamedVariables:USHORT#NamedVariables NumNamedArrays:USHORT#NamedArrays
    OriginatingDeviceID@79:STRING64 DialedNumber@11:STRING40 UserToUserInfo@9:UNSPEC131
    CallVariable1@13:STRING41 CallVariable2@14:STRING41 CallVariable3@15:STRING41 CallVariable4@16:STRING41
    CallVariable5@17:STRING41 CallVariable6@18:STRING41 CallVariable7@19:STRING41 CallVariable8@20:STRING41
    CallVariable9@21:STRING41 CallVariable10@22:STRING41 CallWrapupData@46:STRING40 NamedVariables@82:NAMEDVAR
    NamedArrays@83:NAMEDARRAY FacilityCode@51:STRING40 AuthorizationCode@77:STRING40 AccountCode@78:STRING40
    OriginatingLineID@80:STRING40 CCT@84:STRING4

59 MAKE_PREDICTIVE_CALL_CONF
    InvokeID:UINT NewConnectionCallID:UINT NewConnectionDeviceIDType:USHORT LineHandle:USHORT LineType:USHORT
    NewConnectionDeviceID@47:STRING64

60 RECONNECT_CALL_REQ
    InvokeID:UINT PeripheralID:UINT ActiveConnectionCallID:UINT HeldConnectionCallID:UINT
    ActiveConnectionDeviceIDType:USHORT HeldConnectionDeviceIDType:USHORT ActiveConnectionDeviceID@50:STRING64
    HeldConnectionDeviceID@53:STRING64 AgentInstrument@6:STRING64 CTIOSCILClientID@217:STRING64

61 RECONNECT_CALL_CONF
    InvokeID:UINT

62 RETRIEVE_CALL_REQ
    InvokeID:UINT PeripheralID:UINT HeldConnectionCallID:UINT HeldConnectionDeviceIDType:USHORT
    HeldConnectionDeviceID@53:STRING64 AgentInstrument@6:STRING64 CTIOSCILClientID@217:STRING64

63 RETRIEVE_CALL_CONF
    InvokeID:UINT

64 TRANSFER_CALL_REQ
    InvokeID:UINT PeripheralID:UINT ActiveConnectionCallID:UINT HeldConnectionCallID:UINT
    ActiveConnectionDeviceIDType:USHORT HeldConnectionDeviceIDType:USHORT CallPlacementType:USHORT
    CallMannerType:USHORT AlertRings:USHORT CallOption:USHORT FacilityType:USHORT AnsweringMachine:USHORT
    Priority:BOOL PostRoute:BOOL NumNamedVariables:USHORT#NamedVariables NumNamedArrays:USHORT#NamedArrays
    ActiveConnectionDeviceID@50:STRING64 HeldConnectionDeviceID@53:STRING64 AgentInstrument@6:STRING64
    DialedNumber@11:STRING40 UserToUserInfo@9:UNSPEC131 CallVariable1@13:STRING41 CallVariable2@14:STRING41
    CallVariable3@15:STRING41 CallVariable4@16:STRING41 CallVariable5@17:STRING41 CallVariable6@18:STRING41
    CallVariable7@19:STRING41 CallVariable8@20:STRING41 CallVariable9@21:STRING41 CallVariable10@22:STRING41
    CallWrapupData@46:STRING40 NamedVariables@82:NAMEDVAR NamedArrays@83:NAMEDARRAY FacilityCode@51:STRING40
    AuthorizationCode@77:STRING40 AccountCode@78:STRING40

65 TRANSFER_CALL_CONF
    InvokeID:UINT NewConnectionCallID:UINT NewConnectionDeviceIDType:USHORT NumParties:USHORT#ConnectedParties
    LineHandle:USHORT LineType:USHORT NewConnectionDeviceID@47:STRING64 ConnectedParties*16{
    ConnectedPartyCallID@39:UINT ConnectedPartyDeviceIDType@40:USHORT ConnectedPartyDeviceID@41:STRING64 }

78 QUERY_DEVICE_INFO_REQ
    InvokeID:UINT PeripheralID:UINT Reserved:USHORT AgentInstrument@6:STRING64

79 QUERY_DEVICE_INFO_CONF
    InvokeID:UINT PeripheralType:USHORT TypeOfDevice:USHORT ClassOfDevice:USHORT NumLines:USHORT#Lines
    Reserved:USHORT MaxActiveCalls:USHORT MaxHeldCalls:USHORT MaxDevicesInConference:USHORT MakeCallSetup:UINT
    TransferConferenceSetup:UINT CallEventsSupported:UINT CallControlSupported:UINT OtherFeaturesSupported:UINT
    Lines*10{ LineHandle@70:USHORT LineType@71:USHORT }

82 SNAPSHOT_CALL_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT
    ConnectionDeviceID@25:STRING64 ANI_II@215:STRING2

83 SNAPSHOT_CALL_CONF
    InvokeID:UINT CallType:USHORT NumCTIClients:USHORT#CTIClients NumCallDevices:USHORT#CallDevices
    NumNamedVariables:USHORT#NamedVariables NumNamedArrays:USHORT#NamedArrays CalledPartyDisposition:USHORT
    ANI@8:STRING40 UserToUserInfo@9:UNSPEC131 DNIS@10:STRING32 DialedNumber@11:STRING40
    CallerEnteredDigits@12:STRING40 RouterCallKeyDay@72:UINT RouterCallKeyCallID@73:UINT
    CallVariable1@13:STRING41 CallVariable2@14:STRING41 CallVariable3@15:STRING41 CallVariable4@16:STRING41
    CallVariable5@17:STRING41 CallVariable6@18:STRING41 CallVariable7@19:STRING41 CallVariable8@20:STRING41
    CallVariable9@21:STRING41 CallVariable10@22:STRING41 CallWrapupData@46:STRING40 NamedVariables@82:NAMEDVAR
    NamedArrays@83:NAMEDARRAY CTIClients*16{ CTIClientSignature@23:STRING64 CTIClientTimestamp@24:TIME }
    CallDevices*16{ CallConnectionCallID@56:UINT CallConnectionDeviceIDType@57:USHORT
    CallConnectionDeviceID@58:STRING64 CallDeviceType@59:USHORT CallDeviceID@60:STRING64
    CallDeviceConnectionState@61:USHORT } CallReferenceID@223:UNSPEC32>=14 COCConnectionCallID@229:UINT>=14
    COCCallConnectionDeviceIDType@230:USHORT>=14 COCCallConnectionDeviceID@231:STRING64>=14
    ProtocolReferenceGUID@294:STRING40>=24 CcaiConfigId@311:STRING40>=24
    NumOfEnabledServices@310:USHORT>=24#EnabledServices EnabledServices*p{ FltEnabledServices@309:USHORT>=24 }

84 SNAPSHOT_DEVICE_REQ
    InvokeID:UINT PeripheralID:UINT SnapshotDeviceType:USHORT>=13 AgentInstrument@6:STRING64

85 SNAPSHOT_DEVICE_CONF
    InvokeID:UINT NumCalls:USHORT#Calls Calls*16{ CallConnectionCallID@56:UINT
    CallConnectionDeviceIDType@57:USHORT CallConnectionDeviceID@58:STRING64 CallState@75:USHORT
    SilentMonitorStatus@218:USHORT }

86 CALL_DEQUEUED_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    QueueDeviceType:USHORT ServiceNumber:UINT ServiceID:UINT NumQueued:USHORT NumSkillGroups:USHORT#SkillGroups
    LocalConnectionState:USHORT EventCause:USHORT ConnectionDeviceID@25:STRING64 SkillGroups*20{
    SkillGroupNumber@62:UINT SkillGroupID@63:UINT SkillGroupPriority@64:USHORT }

91 SEND_DTMF_SIGNAL_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT ToneDuration:USHORT
    PauseDuration:UINT ConnectionDeviceID@25:STRING64 DTMFString@67:STRING32 AgentInstrument@6:STRING64
    CTIOSCILClientID@217:STRING64<=24

92 SEND_DTMF_SIGNAL_CONF
    InvokeID:UINT

93 MONITOR_START_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionCallID:UINT CallMsgMask:UINT AgentStateMask:UINT
    ConnectionDeviceIDType:USHORT MonitoredDeviceType:USHORT ConnectionDeviceID@25:STRING64
    MonitoredDeviceID@76:STRING64

94 MONITOR_START_CONF
    InvokeID:UINT MonitorID:UINT

95 MONITOR_STOP_REQ
    InvokeID:UINT MonitorID:UINT

96 MONITOR_STOP_CONF
    InvokeID:UINT

97 CHANGE_MONITOR_MASK_REQ
    InvokeID:UINT MonitorID:UINT CallMsgMask:UINT AgentStateMask:UINT CTIOSCILClientID@217:STRING64

98 CHANGE_MONITOR_MASK_CONF
    InvokeID:UINT

99 CLIENT_SESSION_OPENED_EVENT
    SessionID:UINT PeripheralID:UINT ServicesGranted:UINT CallMsgMask:UINT AgentStateMask:UINT ClientPort:UINT
    ClientAddress@81:STRING64(16<19) ClientID@1:STRING64 ClientSignature@3:STRING64 AgentExtension@4:STRING16
    AgentID@5:STRING12 AgentInstrument@6:STRING64

100 CLIENT_SESSION_CLOSED_EVENT
    SessionID:UINT PeripheralID:UINT Status:UINT ClientPort:UINT ClientAddress@81:STRING64(16<19)
    ClientID@1:STRING64 ClientSignature@3:STRING64 AgentExtension@4:STRING16 AgentID@5:STRING12
    AgentInstrument@6:STRING64

101 SESSION_MONITOR_START_REQ
    InvokeID:UINT SessionID:UINT CTIOSCILClientID@217:STRING64

102 SESSION_MONITOR_START_CONF
    InvokeID:UINT MonitorID:UINT

103 SESSION_MONITOR_STOP_REQ
    InvokeID:UINT MonitorID:UINT CTIOSCILClientID@217:STRING64

104 SESSION_MONITOR_STOP_CONF
    InvokeID:UINT

105 AGENT_PRE_CALL_EVENT
    MonitorID:UINT NumNamedVariables:USHORT#NamedVariables NumNamedArrays:USHORT#NamedArrays ServiceNumber:UINT
    ServiceID:UINT SkillGroupNumber:UINT SkillGroupID:UINT SkillGroupPriority:USHORT MRDID:INT
    AgentSkillTargetID:UINT>=20 AgentInstrument@6:STRING64 RouterCallKeyDay@72:UINT RouterCallKeyCallID@73:UINT
    RouterCallKeySequenceNumber@110:UINT ANI@8:STRING40 UserToUserInfo@9:UNSPEC131 DialedNumber@11:STRING40
    CallerEnteredDigits@12:STRING40 FltCallTypeID@210:UINT>=14 PreCallInvokeID@221:UINT>=14
    CallVariable1@13:STRING41 CallVariable2@14:STRING41 CallVariable3@15:STRING41 CallVariable4@16:STRING41
    CallVariable5@17:STRING41 CallVariable6@18:STRING41 CallVariable7@19:STRING41 CallVariable8@20:STRING41
    CallVariable9@21:STRING41 CallVariable10@22:STRING41 NamedVariables@82:NAMEDVAR NamedArrays@83:NAMEDARRAY
    AgentID@5:STRING12>=20 ProtocolReferenceGUID@294:STRING40>=24
    NumOfEnabledServices@310:USHORT>=24#EnabledServices EnabledServices*p{ FltEnabledServices@309:USHORT>=24 }
    CcaiConfigId@311:STRING40>=24 ANI_II@215:STRING2

106 AGENT_PRE_CALL_ABORT_EVENT
    MonitorID:UINT MRDID:INT AgentInstrument@6:STRING64 RouterCallKeyDay@72:UINT RouterCallKeyCallID@73:UINT
    RouterCallKeySequenceNumber@110:UINT

107 USER_MESSAGE_REQ
    InvokeID:UINT PeripheralID:UINT Distribution:USHORT ClientID@1:STRING64 AgentExtension@4:STRING16
    AgentID@5:STRING12 AgentInstrument@6:STRING64 Text@7:STRING255 CTIOSCILClientID@217:STRING64<=24
    AgentIDLong@194:STRING129

108 USER_MESSAGE_CONF
    InvokeID:UINT

109 USER_MESSAGE_EVENT
    ICMCentralControllerTime:TIME Distribution:USHORT ClientID@1:STRING64 Text@7:STRING255

110 REGISTER_VARIABLES_REQ
    InvokeID:UINT CallVariableMask:USHORT NumNamedVariables:USHORT#NamedVariables
    NumNamedArrays:USHORT#NamedArrays NamedVariables@82:NAMEDVAR NamedArrays@83:NAMEDARRAY

111 REGISTER_VARIABLES_CONF
    InvokeID:UINT

112 QUERY_AGENT_STATISTICS_REQ
    InvokeID:UINT PeripheralID:UINT AgentExtension@4:STRING16 AgentID@5:STRING12 AgentInstrument@6:STRING64

113 QUERY_AGENT_STATISTICS_CONF
    InvokeID:UINT PeripheralID:UINT AvailTimeSession:UINT LoggedOnTimeSession:UINT NotReadyTimeSession:UINT
    ICMAvailableTimeSession:UINT RoutableTimeSession:UINT AgentOutCallsSession:UINT
    AgentOutCallsTalkTimeSession:UINT AgentOutCallsTimeSession:UINT AgentOutCallsHeldSession:UINT
    AgentOutCallsHeldTimeSession:UINT HandledCallsSession:UINT HandledCallsTalkTimeSession:UINT
    HandledCallsAfterCallTimeSession:UINT HandledCallsTimeSession:UINT IncomingCallsHeldSession:UINT
    IncomingCallsHeldTimeSession:UINT InternalCallsSession:UINT InternalCallsTimeSession:UINT
    InternalCallsRcvdSession:UINT InternalCallsRcvdTimeSession:UINT InternalCallsHeldSession:UINT
    InternalCallsHeldTimeSession:UINT AutoOutCallsSession:UINT AutoOutCallsTalkTimeSession:UINT
    AutoOutCallsTimeSession:UINT AutoOutCallsHeldSession:UINT AutoOutCallsHeldTimeSession:UINT
    PreviewCallsSession:UINT PreviewCallsTalkTimeSession:UINT PreviewCallsTimeSession:UINT
    PreviewCallsHeldSession:UINT PreviewCallsHeldTimeSession:UINT ReservationCallsSession:UINT
    ReservationCallsTalkTimeSession:UINT ReservationCallsTimeSession:UINT ReservationCallsHeldSession:UINT
    ReservationCallsHeldTimeSession:UINT BargeInCallsSession:UINT InterceptCallsSession:UINT
    MonitorCallsSession:UINT WhisperCallsSession:UINT EmergencyCallsSession:UINT AvailTimeToday:UINT
    LoggedOnTimeToday:UINT NotReadyTimeToday:UINT ICMAvailableTimeToday:UINT RoutableTimeToday:UINT
    AgentOutCallsToday:UINT AgentOutCallsTalkTimeToday:UINT AgentOutCallsTimeToday:UINT
    AgentOutCallsHeldToday:UINT AgentOutCallsHeldTimeToday:UINT HandledCallsToday:UINT
    HandledCallsTalkTimeToday:UINT HandledCallsAfterCallTimeToday:UINT HandledCallsTimeToday:UINT
    IncomingCallsHeldToday:UINT IncomingCallsHeldTimeToday:UINT InternalCallsToday:UINT
    InternalCallsTimeToday:UINT InternalCallsRcvdToday:UINT InternalCallsRcvdTimeToday:UINT
    InternalCallsHeldToday:UINT InternalCallsHeldTimeToday:UINT AutoOutCallsToday:UINT
    AutoOutCallsTalkTimeToday:UINT AutoOutCallsTimeToday:UINT AutoOutCallsHeldToday:UINT
    AutoOutCallsHeldTimeToday:UINT PreviewCallsToday:UINT PreviewCallsTalkTimeToday:UINT
    PreviewCallsTimeToday:UINT PreviewCallsHeldToday:UINT PreviewCallsHeldTimeToday:UINT
    ReservationCallsToday:UINT ReservationCallsTalkTimeToday:UINT ReservationCallsTimeToday:UINT
    ReservationCallsHeldToday:UINT ReservationCallsHeldTimeToday:UINT BargeInCallsToday:UINT
    InterceptCallsToday:UINT MonitorCallsToday:UINT WhisperCallsToday:UINT EmergencyCallsToday:UINT
    AgentExtension@4:STRING16 AgentID@5:STRING12 AgentInstrument@6:STRING64

114 QUERY_SKILL_GROUP_STATISTICS_REQ
    InvokeID:UINT PeripheralID:UINT SkillGroupNumber:UINT SkillGroupID:UINT

115 QUERY_SKILL_GROUP_STATISTICS_CONF
    InvokeID:UINT PeripheralID:UINT SkillGroupNumber:UINT SkillGroupID:UINT AgentsLoggedOn:UINT AgentsAvail:UINT
    AgentsNotReady:UINT AgentsReady:UINT AgentsTalkingIn:UINT AgentsTalkingOut:UINT AgentsTalkingOther:UINT
    AgentsWorkNotReady:UINT AgentsWorkReady:UINT AgentsBusyOther:UINT AgentsReserved:UINT AgentsHold:UINT
    AgentsICMAvailable:UINT AgentsApplicationAvailable:UINT AgentsTalkingAutoOut:UINT AgentsTalkingPreview:UINT
    AgentsTalkingReservation:UINT RouterCallsQNow:UINT LongestRouterCallQNow:UINT CallsQNow:UINT
    CallsQTimeNow:UINT LongestCallQNow:UINT AvailTimeTo5:UINT LoggedOnTimeTo5:UINT NotReadyTimeTo5:UINT
    AgentOutCallsTo5:UINT AgentOutCallsTalkTimeTo5:UINT AgentOutCallsTimeTo5:UINT AgentOutCallsHeldTo5:UINT
    AgentOutCallsHeldTimeTo5:UINT HandledCallsTo5:UINT HandledCallsTalkTimeTo5:UINT
    HandledCallsAfterCallTimeTo5:UINT HandledCallsTimeTo5:UINT IncomingCallsHeldTo5:UINT
    IncomingCallsHeldTimeTo5:UINT InternalCallsRcvdTo5:UINT InternalCallsRcvdTimeTo5:UINT
    InternalCallsHeldTo5:UINT InternalCallsHeldTimeTo5:UINT AutoOutCallsTo5:UINT AutoOutCallsTalkTimeTo5:UINT
    AutoOutCallsTimeTo5:UINT AutoOutCallsHeldTo5:UINT AutoOutCallsHeldTimeTo5:UINT PreviewCallsTo5:UINT
    PreviewCallsTalkTimeTo5:UINT PreviewCallsTimeTo5:UINT PreviewCallsHeldTo5:UINT PreviewCallsHeldTimeTo5:UINT
    ReservationCallsTo5:UINT ReservationCallsTalkTimeTo5:UINT ReservationCallsTimeTo5:UINT
    ReservationCallsHeldTo5:UINT ReservationCallsHeldTimeTo5:UINT BargeInCallsTo5:UINT InterceptCallsTo5:UINT
    MonitorCallsTo5:UINT WhisperCallsTo5:UINT EmergencyCallsTo5:UINT CallsQ5:UINT CallsQTime5:UINT
    LongestCallQ5:UINT AvailTimeToHalf:UINT LoggedOnTimeToHalf:UINT NotReadyTimeToHalf:UINT
    AgentOutCallsToHalf:UINT AgentOutCallsTalkTimeToHalf:UINT AgentOutCallsTimeToHalf:UINT
    AgentOutCallsHeldToHalf:UINT AgentOutCallsHeldTimeToHalf:UINT HandledCallsToHalf:UINT
    HandledCallsTalkTimeToHalf:UINT HandledCallsAfterCallTimeToHalf:UINT HandledCallsTimeToHalf:UINT
    IncomingCallsHeldToHalf:UINT IncomingCallsHeldTimeToHalf:UINT InternalCallsRcvdToHalf:UINT
    InternalCallsRcvdTimeToHalf:UINT InternalCallsHeldToHalf:UINT InternalCallsHeldTimeToHalf:UINT
    AutoOutCallsToHalf:UINT AutoOutCallsTalkTimeToHalf:UINT AutoOutCallsTimeToHalf:UINT
    AutoOutCallsHeldToHalf:UINT AutoOutCallsHeldTimeToHalf:UINT PreviewCallsToHalf:UINT
    PreviewCallsTalkTimeToHalf:UINT PreviewCallsTimeToHalf:UINT PreviewCallsHeldToHalf:UINT
    PreviewCallsHeldTimeToHalf:UINT ReservationCallsToHalf:UINT ReservationCallsTalkTimeToHalf:UINT
    ReservationCallsTimeToHalf:UINT ReservationCallsHeldToHalf:UINT ReservationCallsHeldTimeToHalf:UINT
    BargeInCallsToHalf:UINT InterceptCallsToHalf:UINT MonitorCallsToHalf:UINT WhisperCallsToHalf:UINT
    EmergencyCallsToHalf:UINT CallsQHalf:UINT CallsQTimeHalf:UINT LongestCallQHalf:UINT AvailTimeToday:UINT
    LoggedOnTimeToday:UINT NotReadyTimeToday:UINT AgentOutCallsToday:UINT AgentOutCallsTalkTimeToday:UINT
    AgentOutCallsTimeToday:UINT AgentOutCallsHeldToday:UINT AgentOutCallsHeldTimeToday:UINT
    HandledCallsToday:UINT HandledCallsTalkTimeToday:UINT HandledCallsAfterCallTimeToday:UINT
    HandledCallsTimeToday:UINT IncomingCallsHeldToday:UINT IncomingCallsHeldTimeToday:UINT
    InternalCallsRcvdToday:UINT InternalCallsRcvdTimeToday:UINT InternalCallsHeldToday:UINT
    InternalCallsHeldTimeToday:UINT AutoOutCallsToday:UINT AutoOutCallsTalkTimeToday:UINT
    AutoOutCallsTimeToday:UINT AutoOutCallsHeldToday:UINT AutoOutCallsHeldTimeToday:UINT PreviewCallsToday:UINT
    PreviewCallsTalkTimeToday:UINT PreviewCallsTimeToday:UINT PreviewCallsHeldToday:UINT
    PreviewCallsHeldTimeToday:UINT ReservationCallsToday:UINT ReservationCallsTalkTimeToday:UINT
    ReservationCallsTimeToday:UINT ReservationCallsHeldToday:UINT ReservationCallsHeldTimeToday:UINT
    BargeInCallsToday:UINT InterceptCallsToday:UINT MonitorCallsToday:UINT WhisperCallsToday:UINT
    EmergencyCallsToday:UINT CallsQToday:UINT CallsQTimeToday:UINT LongestCallQToday:UINT

116 RTP_STARTED_EVENT
    MonitorID:UINT PeripheralID:UINT ClientPort:UINT Direction:USHORT RTPType:USHORT BitRate:UINT
    EchoCancellation:USHORT PacketSize:UINT PayloadType:USHORT ConnectionDeviceIDType:USHORT
    ConnectionCallID:UINT ConnectionDeviceID@25:STRING64 ClientAddress@81:STRING64(16<19) AgentID@5:STRING12
    AgentExtension@4:STRING16 AgentInstrument@6:STRING64 SendingAddress@125:STRING64(16<19)>=13
    SendingPort@126:UINT>=13 AgentIDLong@194:STRING129

117 RTP_STOPPED_EVENT
    MonitorID:UINT PeripheralID:UINT ClientPort:UINT Direction:USHORT ConnectionDeviceIDType:USHORT
    ConnectionCallID:UINT ConnectionDeviceID@25:STRING64 ClientAddress@81:STRING64(16<19) AgentID@5:STRING12
    AgentExtension@4:STRING16 AgentInstrument@6:STRING64 SendingAddress@125:STRING64(16<19)>=13
    SendingPort@126:UINT>=13 AgentIDLong@194:STRING129

118 SUPERVISOR_ASSIST_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT
    ConnectionDeviceID@25:STRING64 AgentExtension@4:STRING16 AgentID@5:STRING12 AgentInstrument@6:STRING64

119 SUPERVISOR_ASSIST_CONF
    InvokeID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT LineHandle:USHORT LineType:USHORT
    ConnectionDeviceID@25:STRING64

120 SUPERVISOR_ASSIST_EVENT
    PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT SessionID:UINT
    ConnectionDeviceID@25:STRING64 ClientID@1:STRING64 Text@7:STRING255

121 EMERGENCY_CALL_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT
    ConnectionDeviceID@25:STRING64 AgentExtension@4:STRING16 AgentID@5:STRING12 AgentInstrument@6:STRING64

122 EMERGENCY_CALL_CONF
    InvokeID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT LineHandle:USHORT LineType:USHORT
    ConnectionDeviceID@25:STRING64

123 EMERGENCY_CALL_EVENT
    PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT SessionID:UINT
    ConnectionDeviceID@25:STRING64 ClientID@1:STRING64 ClientAddress@81:STRING64(16<19)
    AgentExtension@4:STRING16 AgentID@5:STRING12 AgentInstrument@6:STRING64 AgentIDLong@194:STRING129

124 SUPERVISE_CALL_REQ
    InvokeID:UINT PeripheralID:UINT AgentConnectionCallID:UINT SupervisorConnectionCallID:UINT
    AgentConnectionDeviceIDType:USHORT SupervisorConnectionDeviceIDType:USHORT SupervisoryAction:USHORT
    AgentConnectionDeviceID@90:STRING64 SupervisorConnectionDeviceID@91:STRING64 AgentExtension@4:STRING16
    AgentID@5:STRING12 AgentInstrument@6:STRING64 SupervisorInstrument@85:STRING64 AgentIDLong@194:STRING129

125 SUPERVISE_CALL_CONF
    InvokeID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT ConnectionDeviceID@25:STRING64

128 AGENT_TEAM_CONFIG_EVENT
    PeripheralID:UINT TeamID:UINT NumberOfAgents:USHORT#TeamMembers ConfigOperation:USHORT DepartmentID:INT>=19
    AgentTeamName@243:STRING32>=16 TeamMembers*64{ AtcAgentID@86:STRING12 AgentFlags@87:USHORT
    AtcAgentState@88:USHORT AtcStateDuration@89:UINT }

129 SET_APP_DATA_REQ
    InvokeID:UINT ApplicationPathID@97:INT CallVariable1@13:STRING41 CallVariable2@14:STRING41
    CallVariable3@15:STRING41 CallVariable4@16:STRING41 CallVariable5@17:STRING41 CallVariable6@18:STRING41
    CallVariable7@19:STRING41 CallVariable8@20:STRING41 CallVariable9@21:STRING41 CallVariable10@22:STRING41
    FltCallTypeID@210:UINT>=14 PreCallInvokeID@221:UINT>=14

130 SET_APP_DATA_CONF
    InvokeID:UINT

131 AGENT_DESK_SETTINGS_REQ
    InvokeID:UINT PeripheralID:UINT AgentID@5:STRING12

132 AGENT_DESK_SETTINGS_CONF
    InvokeID:UINT PeripheralID:UINT DeskSettingsMask:UINT WrapupDataIncomingMode:UINT
    WrapupDataOutgoingMode:UINT LogoutNonActivityTime:UINT QualityRecordingRate:UINT RingNoAnswerTime:UINT
    SilentMonitorWarningMessage:UINT SilentMonitorAudibleIndication:UINT SupervisorAssistCallMethod:UINT
    EmergencyCallMethod:UINT AutoRecordOnEmergency:UINT RecordingMode:UINT WorkModeTimer:UINT
    RingNoAnswerDN:UINT DefaultDevicePortAddress@93:STRING32 PlayZipTone@307:UINT ACDSharedLineUsage@306:UINT

133 LIST_AGENT_TEAM_REQ
    InvokeID:UINT SupervisorID:UINT

134 LIST_AGENT_TEAM_CONF
    InvokeID:UINT NumberOfAgentTeams:USHORT#AgentTeams SegmentNumber:USHORT More:USHORT AgentTeams*64{
    TeamID@92:UINT }

135 MONITOR_AGENT_TEAM_START_REQ
    InvokeID:UINT TeamID:UINT CTIOSCILClientID@217:STRING64

136 MONITOR_AGENT_TEAM_START_CONF
    InvokeID:UINT MonitorID:UINT

137 MONITOR_AGENT_TEAM_STOP_REQ
    InvokeID:UINT MonitorID:UINT CTIOSCILClientID@217:STRING64

138 MONITOR_AGENT_TEAM_STOP_CONF
    InvokeID:UINT

139 BAD_CALL_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT
    ConnectionDeviceID@25:STRING64 AgentID@5:STRING12

140 BAD_CALL_CONF
    InvokeID:UINT

141 SET_DEVICE_ATTRIBUTES_REQ
    InvokeID:UINT PeripheralID:UINT ServiceNumber:UINT ServiceID:UINT SkillGroupNumber:UINT SkillGroupID:UINT
    SkillGroupPriority:USHORT CallType:USHORT CallingDeviceType:USHORT CallingDeviceID@27:STRING64

142 SET_DEVICE_ATTRIBUTES_CONF
    InvokeID:UINT

143 REGISTER_SERVICE_REQ
    InvokeID:UINT ServerMode:USHORT ServiceName@94:STRING64

144 REGISTER_SERVICE_CONF
    InvokeID:UINT RegisteredServiceID:UINT

145 UNREGISTER_SERVICE_REQ
    InvokeID:UINT RegisteredServiceID:UINT

146 UNREGISTER_SERVICE_CONF
    InvokeID:UINT

147 START_RECORDING_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionCallID:UINT ClientPort:UINT BitRate:UINT PacketSize:UINT
    ConnectionDeviceIDType:USHORT Direction:USHORT RTPType:USHORT EchoCancellation:USHORT PayloadType:USHORT
    ConnectionDeviceID@25:STRING64 ClientID@1:STRING64 ClientAddress@81:STRING64(16<19)
    AgentExtension@4:STRING16 AgentID@5:STRING12 AgentInstrument@6:STRING64

148 START_RECORDING_CONF
    InvokeID:UINT SessionID:UINT ServerData:UINT ClientID@1:STRING64 ClientAddress@81:STRING64(16<19)

149 STOP_RECORDING_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionCallID:UINT ClientPort:UINT SessionID:UINT ServerData:UINT
    ConnectionDeviceIDType:USHORT Direction:USHORT ConnectionDeviceID@25:STRING64 ClientID@1:STRING64
    ClientAddress@81:STRING64(16<19) AgentExtension@4:STRING16 AgentID@5:STRING12 AgentInstrument@6:STRING64

150 STOP_RECORDING_CONF
    InvokeID:UINT ClientID@1:STRING64 ClientAddress@81:STRING64(16<19)

230 CONFIG_REQUEST_KEY_EVENT
    PeripheralID:UINT CustomerID@131:UINT

231 CONFIG_KEY_EVENT
    ConfigkeyStatus:UINT ServiceConfigKey@177:UNSPEC8 SkillGroupConfigKey@178:UNSPEC8 AgentConfigKey@179:UNSPEC8
    DeviceConfigKey@180:UNSPEC8 CallTypeConfigKey@209:UNSPEC8 PeripheralConfigKey@269:UNSPEC8>=22
    AgentDeskSettingsConfigKey@270:UNSPEC8>=22

232 CONFIG_REQUEST_EVENT
    ConfigInformation:UINT ConfigMsgMask:UINT PeripheralID:UINT CustomerID@131:UINT

233 CONFIG_BEGIN_EVENT
    ConfigType:USHORT ConfigInformation:UINT ServiceConfigKey@177:UNSPEC8 SkillGroupConfigKey@178:UNSPEC8
    AgentConfigKey@179:UNSPEC8 DeviceConfigKey@180:UNSPEC8 CallTypeConfigKey@209:UNSPEC8
    PeripheralConfigKey@269:UNSPEC8>=22 AgentDeskSettingsConfigKey@270:UNSPEC8>=22

234 CONFIG_END_EVENT
    ConfigEndStatus:UINT Text@7:STRING255

235 CONFIG_SERVICE_EVENT
    NumRecords:USHORT#Records Records*10{ RecordType@183:USHORT FltPeripheralID@208:UINT
    PeripheralNumber@184:UINT OldPeripheralNumber@213:UINT MaxQueued@129:UINT Extension@173:STRING16
    ServiceSkillTargetID@132:UINT PeripheralName@133:STRING64 Description@134:STRING128
    ServiceLevelThreshold@174:UINT ServiceLevelType@175:UINT ConfigParam@176:STRING255 FltMRDomainID@216:UINT
    NumServiceMembers@186:USHORT#ServiceMembers ServiceMembers*10p{ ServiceMember@187:UINT
    ServicePriority@188:USHORT } }

236 CONFIG_SKILL_GROUP_EVENT
    NumRecords:USHORT#Records Records*10{ RecordType@183:USHORT FltPeripheralID@208:UINT
    PeripheralNumber@184:UINT OldPeripheralNumber@213:UINT FltSkillGroupPriority@64:USHORT
    SkillGroupSkillTargetID@192:UINT AutoWork@185:BOOL Extension@173:STRING16 PeripheralName@133:STRING64
    Description@134:STRING128 FltMRDomainID@216:UINT FltPrecisionQueueID@264:UINT>=22
    FltPrecisionQueueName@265:STRING32>=22 ConfigParam@176:STRING255 }

237 CONFIG_AGENT_EVENT
    NumRecords:USHORT#Records Records*10{ RecordType@183:USHORT FltPeripheralID@208:UINT
    ActiveTerminal@303:STRING64 AgentType@189:USHORT AgentDeskSettingsID@267:UINT>=22 LoginID@190:STRING64
    OldLoginID@214:STRING64 LoginName@207:STRING255(32<20) LastName@138:STRING32 FirstName@137:STRING32
    Extension@173:STRING16 Description@134:STRING128 AgentSkillTargetID@141/185:UINT NumSkills@191:USHORT#Skills
    SSOEnabled@257:USHORT>=20 NumMRDs@261:USHORT>=21#MRDs Skills*100p{ FltSkillGroupNumber@62:UINT
    FltSkillGroupPriority@64:USHORT } MRDs*40p{ FltAgentMRDID@262:UINT>=21 FltAgentMRDState@263:USHORT>=21 }
    PeripheralName@133:STRING64 PeripheralNumber@184:UINT AgentDeskSettingsConfigKey@270:UNSPEC8 }

238 CONFIG_DEVICE_EVENT
    NumRecords:USHORT#Records Records*10{ RecordType@183:USHORT FltPeripheralID@208:UINT
    PeripheralNumber@184:UINT DeviceType@195:USHORT MaxQueued@129:UINT FltServiceID@193:UINT
    DialedNumber@11:STRING40 DNIS@10:STRING32 Extension@173:STRING16 Description@134:STRING128 }

240 CALL_ATTRIBUTE_CHANGE_EVENT
    MonitorID:UINT PeripheralID:UINT PeripheralType:USHORT ConnectionDeviceIDType:USHORT CallTypeID:UINT
    ServiceNumber:UINT ConnectionDeviceID@25:STRING64

242 TEAM_CONFIG_REQ
    InvokeID:UINT ConfigParam:USHORT Reserved:UNSPEC8

243 TEAM_CONFIG_EVENT
    TeamID:UINT NumRecords:USHORT#Records Operation:USHORT Reserved:UNSPEC8 TeamName@204:STRING50 Records*64{
    AgentIDLong@194:STRING129 AgentFlags@87:USHORT RecordType@183:USHORT MemberType@205:USHORT }

244 TEAM_CONFIG_CONF
    InvokeID:UINT Status:UINT Text@7:STRING128

245 CONFIG_CALL_TYPE_EVENT
    NumRecords:USHORT#Records Records*10{ RecordType@183:USHORT FltCallTypeID@210:UINT
    CustomerDefinitionID@211:UINT EnterpriseName@212:STRING32 Description@134:STRING128
    ServiceLevelThreshold@174:UINT ServiceLevelType@175:UINT OldPeripheralNumber@213:UINT }

248 CALL_AGENT_GREETING_EVENT
    MonitorID:UINT PeripheralID:UINT ConnectionDeviceIDType:USHORT ConnectionCallID:UINT EventCode:USHORT
    PeripheralErrorCode:UINT ConnectionDeviceID@25:STRING64 AgentID@5:STRING12 GreetingType@-:STRING32

249 AGENT_GREETING_CONTROL_REQ
    InvokeID:UINT PeripheralID:UINT AgentAction:USHORT AgentID@5:STRING12

250 AGENT_GREETING_CONTROL_CONF
    InvokeID:UINT

254 CONFIG_MRD_EVENT
    NumRecords:USHORT#Records Records*10{ RecordType@183:USHORT FltMRDomainID@216:UINT
    FltEnterpriseName@212:STRING32 FltDescription@134:STRING128 FltMaxTaskDuration@250:UINT
    FltInterruptible@251:BOOL }

260 CONFIG_PERIPHERAL_EVENT
    NumRecords:USHORT#Records Records*10{ RecordType@183:USHORT ConfigPeripheralID@271:UINT
    DefaultAgentDeskSettingsID@272:UINT }

261 CONFIG_AGENT_DESK_SETTINGS_EVENT
    NumRecords:USHORT#Records Records*10{ RecordType@183:USHORT AgentDeskSettingsID@267:UINT
    FltDeskSettingsMask@273:UINT FltWrapUpDataIncomingMode@274:UINT FltWrapUpDataOutgoingMode@275:UINT
    FltLogoutNonActivityTime@276:UINT FltQualityRecordingRate@277:UINT FltRingNoAnswerTime@278:UINT
    FltSilentMonitorWarningMessage@279:UINT FltSilentMonitorAudibleIndication@280:UINT
    FltSupervisorAssistCallMethod@281:UINT FltEmergencyCallMethod@282:UINT FltAutoRecordOnEmergency@283:UINT
    FltRecordingMode@284:UINT FltWorkModeTimer@285:UINT FltRingNoAnswerDnId@286:UINT
    FltDefaultDevicePortAddress@287:STRING32 PlayZipTone@307:UINT ACDSharedLineUsage@306:UINT }

268 START_NETWORK_RECORDING_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT
    PlayToneDirection@289:USHORT InvocationType@290:USHORT ConnectionDeviceID@25:STRING64
    AgentInstrument@6:STRING64

269 START_NETWORK_RECORDING_CONF
    InvokeID:UINT

270 STOP_NETWORK_RECORDING_REQ
    InvokeID:UINT PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT
    InvocationType@290:USHORT ConnectionDeviceID@25:STRING64 AgentInstrument@6:STRING64

271 STOP_NETWORK_RECORDING_CONF
    InvokeID:UINT

272 NETWORK_RECORDING_STARTED_EVENT
    MonitorID:UINT PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT
    RecordingDeviceType:USHORT ConnectionDeviceID@25:STRING64 RecordingDeviceID@300:STRING64

273 NETWORK_RECORDING_ENDED_EVENT
    MonitorID:UINT PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT
    RecordingDeviceType:USHORT ConnectionDeviceID@25:STRING64 RecordingDeviceID@300:STRING64

274 NETWORK_RECORDING_FAILED_EVENT
    MonitorID:UINT PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT
    RecordingDeviceType:USHORT RecordFailureCause:USHORT ConnectionDeviceID@25:STRING64
    RecordingDeviceID@300:STRING64

275 NETWORK_RECORDING_TARGET_INFO_EVENT
    MonitorID:UINT PeripheralID:UINT ConnectionCallID:UINT ConnectionDeviceIDType:USHORT
    RecordingDeviceType:USHORT RecordingType:USHORT MediaForkingDeviceType:USHORT ConnectionDeviceID@25:STRING64
    RecordingDeviceID@300:STRING64 RecorderAddress@291:STRING64 TerminalName@292:STRING64
    MediaForkingDeviceName@293:STRING64 ProtocolReferenceGUID@294:STRING64 MediaForkingClusterID@295:STRING64
    RecorderURI@296:STRING64 RecorderErrorMsg@297:STRING64 RecorderType@298:USHORT RecorderStatus@299:USHORT

276 CONFIG_TERMINAL_EVENT
    NumRecords:USHORT#Records Records*10{ RecordType@183:USHORT TerminalType@302:USHORT
    TerminalDeviceName@303:STRING64 TerminalTypeName@304:STRING100 NumInstruments@305:USHORT#Instruments
    Instruments*10p{ Instrument@6:STRING64 } }

277 STANDBY_ACTIVE_EVENT_MSG


278 ACTIVE_MAINTENANCE_REQ_MSG
    InvokeID:UINT

279 ACTIVE_MAINTENANCE_RESP_MSG
    InvokeID:UINT MaintenanceModeAccepted:BOOL

280 ACTIVE_MAINTENANCE_EVENT_MSG
    MaintenanceModeStatus:BOOL

281 STOPPING_REQUESTS_TO_THIS_SIDE_IND


282 CONFIG_AGENT_SERVICE_EVENT
    NumRecords:USHORT#Records Records*10{ AgentSkillTargetID@141/185:UINT
    NumOfEnabledServices@310:USHORT#EnabledServices EnabledServices*p{ FltEnabledServices@309:USHORT }
    RecordType@183:USHORT }

283 SET_AGENT_SERVICE_DATA_REQ
    InvokeID:UINT RouterCallKeyDay:UINT RouterCallKeyCallID:UINT RouterCallKeySequenceNumber:UINT
    AgentSkillTargetID:UINT NumOfEnabledServices@310:USHORT#EnabledServices EnabledServices*p{
    FltEnabledServices@309:USHORT } TotalAnswersSuggestion@-:USHORT NumPositiveAnswersSuggestions@312:USHORT<=24
    NumNegativeAnswersSuggestions@313:USHORT<=24

284 SET_AGENT_SERVICE_DATA_CONF
    InvokeID:UINT Status:UINT
`;
