using Parley.Core.Accounts;
using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>Details that few messages have beside their text: in most rows, there are none.</summary>
internal static class MessageDetails
{
    /// <summary>Number of parameters that <see cref="BindDetails"/> takes.</summary>
    public const int Count = 6;

    /// <summary>Binds origin, account, tags, the recipient's account and both identities to parameters in a row.</summary>
    public static Statement BindDetails(this Statement statement, int first, in HistoryEntry entry)
    {
        statement.BindOrigin(first, entry.Origin).BindOrNull(first + 1, entry.Account.Value);
        _ = entry.Tags.IsEmpty ? statement.BindNull(first + 2) : statement.Bind(first + 2, entry.Tags.Span);
        statement.BindOrNull(first + 3, entry.RecipientAccount.Value);
        return BindIdentity(BindIdentity(statement, first + 4, entry.AuthorId), first + 5, entry.RecipientId);
    }

    /// <summary>Binds the life of the room, which a redaction leaves as it is.</summary>
    public static Statement BindLife(this Statement statement, int parameter, in HistoryEntry entry)
        => entry.Life.IsNone ? statement.BindNull(parameter) : statement.Bind(parameter, entry.Life.Value);

    private static Statement BindIdentity(Statement statement, int parameter, Identity identity)
        => identity.IsUnknown ? statement.BindNull(parameter) : statement.Bind(parameter, identity.Value);
}
