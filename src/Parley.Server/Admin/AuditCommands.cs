using Parley.Core.Accounts;
using Parley.Server.Moderation;

namespace Parley.Server.Admin;

/// <summary>Shows an administrator what was decided, and records what administrators decide.</summary>
internal sealed class AuditCommands(AuditLog audit)
{
    private const int DefaultLast = 50;

    /// <summary>Commands that change something, each with the word for it. Bans are recorded where they are made.</summary>
    private static readonly Dictionary<string, string> Recorded = new(StringComparer.Ordinal)
    {
        ["kick"] = "kill",
        ["announce"] = "announce",
        ["drain"] = "drain",
        ["upgrade"] = "upgrade",
        ["reload"] = "reload",
        ["register"] = "account add",
        ["password"] = "account password",
        ["room-register"] = "register",
        ["room-unregister"] = "unregister",
        ["room-transfer"] = "transfer",
        ["room-role"] = "role",
    };

    /// <summary>Does what is asked; null if it is no command about decisions.</summary>
    public async Task<AdminAnswer?> RunAsync(AdminRequest request, CancellationToken cancellationToken)
    {
        if (request.Command != "audit")
        {
            return null;
        }

        try
        {
            var entries = await audit.ReadAsync(request.Last ?? DefaultLast, request.Since, cancellationToken);
            return new AdminAnswer { Audit = [.. entries.Select(AdminAuditEntry.Of)] };
        }
        catch (AccountStoreException e)
        {
            return AdminAnswer.Fail($"The audit cannot be read now: {e.Message}");
        }
    }

    /// <summary>Records a command that was carried out, if it is of that kind.</summary>
    public async Task RecordAsync(AdminRequest request, AdminAnswer answer)
    {
        if (answer.Error is null && Recorded.TryGetValue(request.Command, out var action))
        {
            await audit.RecordAsync(
                string.IsNullOrWhiteSpace(request.By) ? BanCommands.Administrator : request.By,
                action,
                request.Room ?? "",
                request.Command == "announce" ? "" : request.User ?? "",
                request.Command is "kick" or "announce" or "room-role" ? request.Text ?? "" : "");
        }
    }
}
