using System.Globalization;
using Parley.Core.Accounts;
using Parley.Core.Moderation;
using Parley.Server.Accounts;
using Parley.Server.Options;

namespace Parley.Server.Moderation;

/// <summary>Makes, lists and revokes invitations to make accounts, whichever way operators ask.</summary>
internal sealed class InvitationDesk(IInvitationStore store, AuditLog audit, ParleyOptions options, TimeProvider time)
{
    /// <summary>Accounts that one invitation can be good for.</summary>
    public const int MaxUses = 1000;

    /// <summary>Time for which an invitation is good, unless somebody says otherwise.</summary>
    public const string DefaultTime = "7d";

    private const int MaxNoteLength = 200;

    /// <summary>Time for which an invitation that is over is kept: a clock that was wrong for a while ends none for good.</summary>
    private static readonly TimeSpan KeptBehindEnd = TimeSpan.FromDays(365);

    /// <summary>Makes an invitation; or says why not.</summary>
    /// <param name="uses">Accounts that can be made with it.</param>
    /// <param name="length">Time for which it is good, as <see cref="BanTime"/> reads it.</param>
    /// <param name="note">Words about whom it is for.</param>
    /// <param name="by">Name of whoever makes it.</param>
    /// <param name="account">Id of that one's account; 0 for none.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<(ServerInvitation? Invitation, string Code, string? Refusal)> AddAsync(
        int uses, string length, string note, string by, long account, CancellationToken cancellationToken)
    {
        if (uses is < 1 or > MaxUses)
        {
            return (null, "", $"An invitation is good for 1 to {MaxUses} accounts");
        }

        if (!BanTime.TryParse(length, out var lasts))
        {
            return (null, "", $"'{Clean(length)}' will not do: give {BanTime.Form}");
        }

        try
        {
            var now = time.GetUtcNow();
            if ((await store.ListAsync(cancellationToken)).Count(invitation => invitation.IsGood(now)) >= options.Invitations)
            {
                return (null, "", $"There are as many invitations as may be ({options.Invitations}): revoke some first");
            }

            await RemoveOldAsync(now, cancellationToken);
            var code = SecretCode.Generate();
            var made = await store.AddAsync(
                new ServerInvitation(SecretCode.HashOf(code), by, now, uses) { Expires = now + lasts, Note = Clean(note) }, cancellationToken);
            await audit.RecordAsync(new AuditEntry(now, by, "invite")
            {
                Account = account,
                Subject = Number(made.Id),
                Reason = $"{uses} x, {BanTime.Of(lasts)}{(made.Note.Length == 0 ? "" : $": {made.Note}")}",
            });
            return (made, code, null);
        }
        catch (AccountStoreException e)
        {
            return (null, "", $"The invitation cannot be kept now, and nothing has changed: {e.Message}");
        }
    }

    /// <summary>The invitations that are good.</summary>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<IReadOnlyList<ServerInvitation>> ListAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return [.. (await store.ListAsync(cancellationToken)).Where(invitation => invitation.IsGood(now))];
    }

    /// <summary>Revokes an invitation; why not, or null.</summary>
    public async ValueTask<string?> RemoveAsync(long id, string by, long account, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.RemoveAsync(id, cancellationToken) is null)
            {
                return $"There is no invitation {Number(id)}";
            }

            await audit.RecordAsync(new AuditEntry(time.GetUtcNow(), by, "uninvite") { Account = account, Subject = Number(id) });
            return null;
        }
        catch (AccountStoreException e)
        {
            return $"The invitation cannot be revoked now, and nothing has changed: {e.Message}";
        }
    }

    /// <summary>The link that opens the page with an invitation; null where nobody has said where the page is.</summary>
    public string? LinkOf(string code) => ParleyOptions.IsNone(options.WebUrl) ? null : $"{options.WebUrl.TrimEnd('/')}/#invite={code}";

    private async ValueTask RemoveOldAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var old in (await store.ListAsync(cancellationToken)).Where(invitation => !invitation.IsGood(now - KeptBehindEnd)))
        {
            await store.RemoveAsync(old.Id, cancellationToken);
        }
    }

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string Clean(string text)
    {
        var line = string.Concat(text.Select(character => char.IsControl(character) ? ' ' : character)).Trim();
        return line.Length <= MaxNoteLength ? line : line[..(char.IsHighSurrogate(line[MaxNoteLength - 1]) ? MaxNoteLength - 1 : MaxNoteLength)];
    }
}
