using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Moderation;
using Parley.Core.Queries;

namespace Parley.Server.Moderation;

/// <summary>Has operators ban people from the server and lift bans, whichever way they ask.</summary>
internal sealed class BanDesk(ServerBans bans, BanTargets targets, IBroker broker, AuditLog audit, TimeProvider time, ILogger<BanDesk> logger)
{
    /// <summary>Longest reason, in characters; lines that show it have room for that.</summary>
    public const int MaxReasonLength = 300;

    /// <summary>The bans that hold.</summary>
    public IReadOnlyList<Ban> List() => bans.List();

    /// <summary>Bans somebody, or says whom that would end.</summary>
    /// <param name="order">Whom, for how long, and why.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<BanOutcome> AddAsync(BanOrder order, CancellationToken cancellationToken)
    {
        if (!BanTime.TryParse(order.Time, out var length))
        {
            return BanOutcome.Refused($"'{Shown(order.Time)}' will not do: give {BanTime.Form}");
        }

        try
        {
            var (subject, refusal) = await targets.FindAsync(order.Target, cancellationToken);
            if (subject is null || (refusal = targets.Refusal(subject, order.Session) ?? "").Length > 0)
            {
                return BanOutcome.Refused(refusal);
            }

            var now = time.GetUtcNow();
            var ban = new Ban(subject, order.By, now) { Until = now + length, Reason = Clean(order.Reason) };
            if (order.IsDryRun)
            {
                return new BanOutcome(ban, bans.Matching(subject), null);
            }

            var ended = await bans.AddAsync(ban, cancellationToken);

            // Those at other nodes, which may stand still and hear of it late: what they have said until then comes to nothing.
            await broker.AskAsync(SessionId.Server, ServerBans.EndingOf(ban), CancellationToken.None);
            Log.BanMade(logger, order.By, subject.Text, BanTime.Of(length), ban.Reason);
            await audit.RecordAsync(
                new AuditEntry(now, order.By, "ban") { Account = order.Account, Subject = subject.Text, Reason = ban.Reason.Length == 0 ? BanTime.Of(length) : $"{BanTime.Of(length)}: {ban.Reason}" });
            return new BanOutcome(ban, ended, null);
        }
        catch (AccountStoreException e)
        {
            return BanOutcome.Refused($"The ban cannot be kept now, and nothing has changed: {e.Message}");
        }
    }

    /// <summary>Lifts a ban.</summary>
    /// <param name="target">Whom it is about.</param>
    /// <param name="by">Name of the operator.</param>
    /// <param name="account">Id of the operator's account; 0 for none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<BanOutcome> RemoveAsync(string target, string by, long account, CancellationToken cancellationToken)
    {
        try
        {
            var holding = bans.List();
            if (await targets.FindBannedAsync(target, holding, cancellationToken) is not { } subject)
            {
                return BanOutcome.Refused($"There is no ban on {Shown(target)}");
            }

            await bans.RemoveAsync(subject, cancellationToken);
            Log.BanLifted(logger, by, subject.Text);
            await audit.RecordAsync(new AuditEntry(time.GetUtcNow(), by, "unban") { Account = account, Subject = subject.Text });
            return new BanOutcome(holding.First(ban => ban.Subject.IsSame(subject)), [], null);
        }
        catch (AccountStoreException e)
        {
            return BanOutcome.Refused($"The ban cannot be lifted now, and nothing has changed: {e.Message}");
        }
    }

    /// <summary>Returns the bans about a target, and the names of those who are here whom one would be about.</summary>
    public async Task<(IReadOnlyList<Ban> Bans, IReadOnlyList<string> Names, string? Error)> LookAsync(string target, CancellationToken cancellationToken)
    {
        try
        {
            var holding = bans.List();
            if (await targets.FindAsync(target, cancellationToken) is not { Subject: { } subject })
            {
                return await targets.FindBannedAsync(target, holding, cancellationToken) is { } banned
                    ? ([.. holding.Where(ban => ban.Subject.IsSame(banned))], [], null)
                    : ([], [], (await targets.FindAsync(target, cancellationToken)).Refusal);
            }

            return (
                [.. holding.Where(ban => ban.Subject.IsSame(subject) || (subject.Kind == BanKind.Network && ban.Subject.Matches(subject.Network.BaseAddress)))],
                bans.Matching(subject),
                null);
        }
        catch (AccountStoreException e)
        {
            return ([], [], e.Message);
        }
    }

    private static string Clean(string? reason)
    {
        var text = string.Concat((reason ?? "").Select(character => char.IsControl(character) ? ' ' : character)).Trim();
        return text.Length <= MaxReasonLength ? text : text[..(char.IsHighSurrogate(text[MaxReasonLength - 1]) ? MaxReasonLength - 1 : MaxReasonLength)];
    }

    private static string Shown(string text) => Clean(text.Length <= 60 ? text : text[..60]);
}
