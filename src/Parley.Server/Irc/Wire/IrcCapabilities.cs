namespace Parley.Server.Irc.Wire;

/// <summary>Capabilities that a client has negotiated (https://ircv3.net/specs/extensions/capability-negotiation).</summary>
[Flags]
internal enum IrcCapabilities : ulong
{
    None = 0,
    MessageTags = 1UL << 0,
    ServerTime = 1UL << 1,
    AccountTag = 1UL << 2,
    ExtendedJoin = 1UL << 3,
    AwayNotify = 1UL << 4,
    AccountNotify = 1UL << 5,
    ChgHost = 1UL << 6,
    SetName = 1UL << 7,
    InviteNotify = 1UL << 8,
    Batch = 1UL << 9,
    Multiline = 1UL << 10,
    MessageRedaction = 1UL << 11,
    ChannelRename = 1UL << 12,
    EchoMessage = 1UL << 13,
    LabeledResponse = 1UL << 14,
    MultiPrefix = 1UL << 15,
    UserhostInNames = 1UL << 16,
    ExtendedMonitor = 1UL << 17,
    StandardReplies = 1UL << 18,
    NoImplicitNames = 1UL << 19,
    CapNotify = 1UL << 20,
    Sasl = 1UL << 21,
    AccountRegistration = 1UL << 22,
    ChatHistory = 1UL << 23,
    EventPlayback = 1UL << 24,
    ZncPlayback = 1UL << 25,
    ReadMarker = 1UL << 26,
    PreAway = 1UL << 27,
    Metadata = 1UL << 28,
    Sts = 1UL << 29,
    Search = 1UL << 30,
    ZncSelfMessage = 1UL << 31,
    ExtendedIsupport = 1UL << 32,
    OperTag = 1UL << 33,
    Whoami = 1UL << 34,
    Metadata3 = 1UL << 35,
    AuthToken = 1UL << 36,
    DraftNoImplicitNames = 1UL << 37,
    WebPush = 1UL << 38,
    SojuWebPush = 1UL << 39,

    /// <summary>Either version of metadata: the commands are the same; what nobody asked for is told differently, and codes of refusals differ.</summary>
    AnyMetadata = Metadata | Metadata3,

    /// <summary>By either name: that of a draft, which clients of before March 2026 ask for, or the ratified one.</summary>
    AnyNoImplicitNames = NoImplicitNames | DraftNoImplicitNames,

    /// <summary>By either name: that of the proposal, or the one under which soju made it first.</summary>
    AnyWebPush = WebPush | SojuWebPush,

    /// <summary>Those that change the bytes of what happens in rooms: clients that agree in these share them.</summary>
    Shared = MessageTags | ServerTime | AccountTag | ExtendedJoin | AwayNotify | AccountNotify | ChgHost | SetName
        | InviteNotify | Batch | Multiline | MessageRedaction | OperTag,
}
