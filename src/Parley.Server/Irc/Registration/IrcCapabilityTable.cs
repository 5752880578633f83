using Parley.Server.Irc.Accounts;
using Parley.Server.Irc.Metadata;
using Parley.Server.Irc.Multiline;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;
using Parley.Server.Options;

namespace Parley.Server.Irc.Registration;

/// <summary>The capabilities that this server has, by the names that the specifications give them.</summary>
internal static class IrcCapabilityTable
{
    /// <summary>In the order in which they are listed.</summary>
    public static IReadOnlyList<(string Name, IrcCapabilities Flag)> All { get; } =
    [
        ("account-notify", IrcCapabilities.AccountNotify),
        ("account-tag", IrcCapabilities.AccountTag),
        ("away-notify", IrcCapabilities.AwayNotify),
        ("batch", IrcCapabilities.Batch),
        ("cap-notify", IrcCapabilities.CapNotify),
        ("chghost", IrcCapabilities.ChgHost),
        ("draft/account-registration", IrcCapabilities.AccountRegistration),
        ("draft/authtoken", IrcCapabilities.AuthToken),
        ("draft/channel-rename", IrcCapabilities.ChannelRename),
        ("draft/chathistory", IrcCapabilities.ChatHistory),
        ("draft/event-playback", IrcCapabilities.EventPlayback),
        ("draft/extended-isupport", IrcCapabilities.ExtendedIsupport),
        ("draft/message-redaction", IrcCapabilities.MessageRedaction),
        ("draft/metadata-2", IrcCapabilities.Metadata),
        ("draft/metadata-3", IrcCapabilities.Metadata3),
        ("draft/multiline", IrcCapabilities.Multiline),
        ("draft/no-implicit-names", IrcCapabilities.DraftNoImplicitNames),
        ("draft/oper-tag", IrcCapabilities.OperTag),
        ("draft/pre-away", IrcCapabilities.PreAway),
        ("draft/read-marker", IrcCapabilities.ReadMarker),
        ("draft/webpush", IrcCapabilities.WebPush),
        ("draft/whoami", IrcCapabilities.Whoami),
        ("echo-message", IrcCapabilities.EchoMessage),
        ("extended-join", IrcCapabilities.ExtendedJoin),
        ("extended-monitor", IrcCapabilities.ExtendedMonitor),
        ("invite-notify", IrcCapabilities.InviteNotify),
        ("labeled-response", IrcCapabilities.LabeledResponse),
        ("message-tags", IrcCapabilities.MessageTags),
        ("multi-prefix", IrcCapabilities.MultiPrefix),
        ("no-implicit-names", IrcCapabilities.NoImplicitNames),
        ("sasl", IrcCapabilities.Sasl),
        ("server-time", IrcCapabilities.ServerTime),
        ("setname", IrcCapabilities.SetName),
        ("soju.im/search", IrcCapabilities.Search),
        ("soju.im/webpush", IrcCapabilities.SojuWebPush),
        ("standard-replies", IrcCapabilities.StandardReplies),
        ("sts", IrcCapabilities.Sts),
        ("userhost-in-names", IrcCapabilities.UserhostInNames),
        ("znc.in/playback", IrcCapabilities.ZncPlayback),
        ("znc.in/self-message", IrcCapabilities.ZncSelfMessage),
    ];

    /// <summary>Those that there are only where history is kept.</summary>
    private const IrcCapabilities OfHistory = IrcCapabilities.ChatHistory | IrcCapabilities.EventPlayback | IrcCapabilities.MessageRedaction
        | IrcCapabilities.Search | IrcCapabilities.ZncPlayback;

    private static readonly Dictionary<string, IrcCapabilities> ByName = All.ToDictionary(cap => cap.Name, cap => cap.Flag, StringComparer.Ordinal);

    /// <summary>Returns a capability as it is offered to a client: its name, with a value if it has one; null if it is not offered.</summary>
    public static string? Offer(IrcSession session, (string Name, IrcCapabilities Flag) capability)
    {
        var value = capability.Flag switch
        {
            IrcCapabilities.AccountRegistration =>
                session.Context.Options is { Accounts: RegistrationPolicy.Open, HasAuthCommand: false } options
                    ? options.RequireEmail ? "before-connect,custom-account-name,email-required" : "before-connect,custom-account-name" : null,
            IrcCapabilities.AuthToken when TokenCommand.ServicesOf(session).Count == 0 => null,
            IrcCapabilities.Metadata => MetadataLimits.Offer(session.Context.MaxValues),
            IrcCapabilities.Metadata3 => MetadataLimits.Offer3(session.Context.MaxValues),
            IrcCapabilities.Multiline => MultilineLimits.Offer,
            IrcCapabilities.Sasl => string.Join(',', session.Login.Mechanisms),
            IrcCapabilities.Sts => IrcStrictTransport.Offer(session),
            IrcCapabilities.WebPush or IrcCapabilities.SojuWebPush when session.Context.Push is not { IsOn: true } => null,
            _ when (capability.Flag & OfHistory) != IrcCapabilities.None && !session.Context.Broker.KeepsHistory => null,
            _ => "",
        };
        return value is null ? null : value.Length > 0 && session.Registration.CapVersion >= 302 ? $"{capability.Name}={value}" : capability.Name;
    }

    /// <summary>Returns a capability as it is offered to a client that understands a version of negotiation; null if it is not offered.</summary>
    public static string? Offer(IrcSession session, (string Name, IrcCapabilities Flag) capability, int version)
        => !session.Context.Availability.Has(capability.Flag) || Offer(session, capability) is not { } offer ? null
            : version >= 302 ? offer
            : capability.Name;

    /// <summary>The capability of that name; false if this server has none.</summary>
    public static bool TryGet(string name, out IrcCapabilities flag) => ByName.TryGetValue(name, out flag);
}
