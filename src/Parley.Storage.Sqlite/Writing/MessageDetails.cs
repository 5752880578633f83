using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>What few messages have beside their text: nothing, in most rows.</summary>
internal static class MessageDetails
{
    /// <summary>Binds origin, account, tags and the recipient's account to four parameters in a row.</summary>
    public static Statement BindDetails(this Statement statement, int first, in HistoryEntry entry)
    {
        statement.BindOrigin(first, entry.Origin).BindOrNull(first + 1, entry.Account.Value);
        _ = entry.Tags.IsEmpty ? statement.BindNull(first + 2) : statement.Bind(first + 2, entry.Tags.Span);
        return statement.BindOrNull(first + 3, entry.RecipientAccount.Value);
    }
}
