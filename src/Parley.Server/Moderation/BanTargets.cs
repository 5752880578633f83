using System.Net;
using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Moderation;
using Parley.Core.Names;
using Parley.Protocol.Irc;
using Parley.Server.Accounts;
using Parley.Server.Connections;
using Parley.Server.Options;

namespace Parley.Server.Moderation;

// target = network / mask / name
// mask   = 1*CHAR with "!" or "@"                      ; completed as a mask of IRC is
// name   = an account, or else a user who is here

/// <summary>Finds out whom operators mean, and whom they had better not ban.</summary>
internal sealed class BanTargets(AccountService accounts, OpenSessions sessions, WebIrcGateways gateways, ParleyOptions options)
{
    private const int MaxMaskLength = 200;

    /// <summary>The forms that a target has, for error messages.</summary>
    public const string Form = "an account, the name of somebody who is here, an address, a network such as 192.0.2.0/24, or a mask such as spam*!*@*";

    /// <summary>Returns the subject that a target means, or else why there is none, in words.</summary>
    /// <exception cref="AccountStoreException">Accounts cannot be looked up.</exception>
    public async ValueTask<(BanSubject? Subject, string Refusal)> FindAsync(string target, CancellationToken cancellationToken)
    {
        if (NetworkText.TryParse(target, out var network))
        {
            return (BanSubject.Of(target.Contains('/', StringComparison.Ordinal) ? network : NetworkText.PlaceOf(network.BaseAddress)), "");
        }

        if (target.AsSpan().ContainsAny('!', '@'))
        {
            return target.Length > MaxMaskLength || target.Any(character => char.IsControl(character) || character is ' ' or ',')
                ? (null, $"A mask has at most {MaxMaskLength} characters and no spaces or commas")
                : (BanSubject.OfMask(IrcMask.Normalize(target)), "");
        }

        if (!UserName.TryParse(target, out var name))
        {
            return (null, $"'{IrcTextOf(target)}' is nobody: give {Form}");
        }

        if (await accounts.FindAsync(name, cancellationToken) is { } account)
        {
            return (BanSubject.Of(account.Id, account.Name), "");
        }

        var (session, address) = sessions.All().FirstOrDefault(each => each.Session.User?.Name == name);
        return session?.User is not { } user ? (null, $"There is no account {name}, and nobody of that name is here: give {Form}")
            : user.Profile.Login is { } login ? (BanSubject.Of(login.Id, login.Name), "")
            : address is null || IPAddress.IsLoopback(address) ? (null, $"{name} is a guest on the server's own machine, which cannot be banned: end the connections with a kick, or ban a mask")
            : (BanSubject.Of(NetworkText.PlaceOf(address)), "");
    }

    /// <summary>Returns the subject of a ban that is to be lifted: one that holds, whatever has become of the account; null if there is none.</summary>
    public async ValueTask<BanSubject?> FindBannedAsync(string target, IReadOnlyList<Ban> bans, CancellationToken cancellationToken)
    {
        var byText = bans.FirstOrDefault(ban => string.Equals(ban.Subject.Text, target, StringComparison.OrdinalIgnoreCase));
        return byText?.Subject
            ?? (await FindAsync(target, cancellationToken) is { Subject: { } subject } && bans.Any(ban => ban.Subject.IsSame(subject)) ? subject : null);
    }

    /// <summary>Why a subject had better not be banned; null if it may be.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="by">The session of whoever wants it; null for somebody who has none.</param>
    public string? Refusal(BanSubject subject, Session? by)
    {
        var isOwn = by is not null && sessions.All().Any(each => each.Session == by && ServerBans.IsAbout(subject, each.Session, each.Address));
        return subject.Kind switch
        {
            BanKind.Network when subject.Network.PrefixLength == 0 => $"{subject} is everybody: ban a network",
            BanKind.Network when subject.Matches(IPAddress.Loopback) || subject.Matches(IPAddress.IPv6Loopback) => $"{subject} has the server's own machine in it: ban another network",
            BanKind.Network when SpeaksForOthers(subject) => $"{subject} has a proxy or gateway in it that speaks for others: ban those whom it speaks for",
            BanKind.Mask when subject.Text.All(character => character is '*' or '?' or '!' or '@' or '.') => $"{subject} is everybody: ban a narrower mask",
            _ when isOwn => $"{subject} is about you, too: choose something narrower",
            _ => null,
        };
    }

    private bool SpeaksForOthers(BanSubject subject)
        => options.ProxyFrom.Networks.Concat(options.HttpProxyFrom.Networks).Concat(gateways.Networks)
            .Any(network => subject.Network.Contains(network.BaseAddress) || network.Contains(subject.Network.BaseAddress));

    private static string IrcTextOf(string text) => text.Length <= 60 ? text : text[..60];
}
