using System.Text.Json;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Server.Connections;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Dispatch;

/// <summary>The state of a client's session on IRC beside its user and rooms, for another process that goes on with it.</summary>
internal sealed record HandedIrc
{
    /// <summary>Capabilities, by the names of <see cref="IrcCapabilities"/>.</summary>
    public required string Capabilities { get; init; }

    /// <summary>The version of negotiation that the client understands.</summary>
    public int CapVersion { get; init; }

    /// <summary>User name and full name that it has registered with.</summary>
    public string? Ident { get; init; }

    /// <inheritdoc cref="Ident"/>
    public string RealName { get; init; } = "";

    /// <summary>Names that it is told of.</summary>
    public IReadOnlyList<string> Monitored { get; init; } = [];

    /// <summary>Keys whose values it is told.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    /// <summary>Wrong passwords that it has given to become an operator.</summary>
    public int WrongOperatorPasswords { get; init; }

    /// <summary>The account that has made its user an operator; null if none.</summary>
    public long? OperatorByAccount { get; init; }

    /// <summary>True if it hears what operators tell everybody.</summary>
    public bool WantsWallops { get; init; }

    /// <summary>Number of the last batch that it was sent.</summary>
    public int LastBatchId { get; init; }

    /// <summary>Milliseconds for which it has said nothing.</summary>
    public long SilentFor { get; init; }

    /// <summary>True if it was asked why.</summary>
    public bool IsAsked { get; init; }

    /// <summary>Facts that a gateway has told of it; null if it came by none.</summary>
    public WebIrcOptions? Gateway { get; init; }

    /// <summary>True if a proxy has taken TLS off the connection.</summary>
    public bool IsBehindTls { get; init; }

    /// <summary>Address that it uploads files to; null for the usual one.</summary>
    public string? FilesUrl { get; init; }

    /// <summary>The state of a session between two lines; null if something is half done.</summary>
    public static string? Of(IrcSession session)
    {
        if (session.Multiline.IsOpen || session.Login.IsInHand || (session.Session.User is null && !session.Registration.HasNotBegun))
        {
            return null;
        }

        session.LateReplay.ShowNow();
        var (silence, isAsked) = session.Idle.Save();
        return JsonSerializer.Serialize(
            new HandedIrc
            {
                Capabilities = session.Capabilities.ToString(),
                CapVersion = session.Registration.CapVersion,
                Ident = session.Registration.Ident,
                RealName = session.Registration.RealName,
                Monitored = [.. session.Monitored.Select(name => name.Value)],
                Subscriptions = session.Metadata.Subscriptions,
                WrongOperatorPasswords = session.WrongOperatorPasswords,
                OperatorByAccount = session.OperatorByAccount?.Value,
                WantsWallops = session.WantsWallops,
                LastBatchId = session.LastBatchId,
                SilentFor = (long)silence.TotalMilliseconds,
                IsAsked = isAsked,
                Gateway = session.Peer.Gateway,
                IsBehindTls = session.Peer.IsBehindTls,
                FilesUrl = session.Peer.FilesUrl,
            },
            HandedIrcJson.Default.HandedIrc);
    }

    /// <summary>Gives a new session what another process knew.</summary>
    /// <exception cref="FormatException">It is no state of a session.</exception>
    public static void GoOn(IrcSession session, string state)
    {
        HandedIrc its;
        try
        {
            its = JsonSerializer.Deserialize(state, HandedIrcJson.Default.HandedIrc) ?? throw new FormatException("No state of a session");
        }
        catch (JsonException e)
        {
            throw new FormatException("Not the state of a session", e);
        }

        if (!Enum.TryParse<IrcCapabilities>(its.Capabilities, out var capabilities))
        {
            throw new FormatException($"Not all of these are capabilities here: {its.Capabilities}");
        }

        session.Peer.GoOn(its.Gateway, its.IsBehindTls, its.FilesUrl);
        session.SetCapabilities(capabilities);
        var registration = session.Registration;
        (registration.CapVersion, registration.Ident, registration.RealName) = (its.CapVersion, its.Ident, its.RealName);
        foreach (var watched in its.Monitored)
        {
            if (UserName.TryParse(watched, out var user))
            {
                session.Monitored.Add(user);
            }
        }

        foreach (var key in its.Subscriptions)
        {
            session.Metadata.TrySubscribe(key);
        }

        session.WrongOperatorPasswords = its.WrongOperatorPasswords;
        session.OperatorByAccount = its.OperatorByAccount is { } operatorBy ? new AccountId(operatorBy) : null;
        session.WantsWallops = its.WantsWallops;
        session.LastBatchId = its.LastBatchId;
        session.Idle.GoOn(TimeSpan.FromMilliseconds(its.SilentFor), its.IsAsked);
    }
}
