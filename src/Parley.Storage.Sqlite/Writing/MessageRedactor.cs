using Parley.Core.History;
using Parley.Storage.Sqlite.Engine;
using Parley.Storage.Sqlite.Schema;

namespace Parley.Storage.Sqlite.Writing;

/// <summary>Puts redactions in the place of messages. The caller has a transaction under way.</summary>
internal sealed class MessageRedactor : IDisposable
{
    private readonly Statement _placed;
    private readonly Statement _recent;
    private readonly Statement _unindex;
    private readonly Statement _overwrite;

    public MessageRedactor(Database database)
    {
        _placed = database.Prepare("SELECT message FROM place WHERE key = ?");
        _recent = database.Prepare("SELECT id FROM message WHERE id > (SELECT placed FROM progress) AND room = ? AND number = ?");
        _unindex = MessageRemover.PrepareUnindex(database);
        _overwrite = database.Prepare(
            "UPDATE message SET author = ?, kind = ?, text = ?, origin = ?, account = ?, tags = ?, recipient_account = ?, author_id = ?, recipient_id = ? WHERE id = ?");
    }

    /// <summary>Puts a redaction where the message of its number is, if there is one.</summary>
    public void Redact(long room, in HistoryEntry redaction)
    {
        var key = MessageKey.Of(room, redaction.Number);
        if (_placed.Bind(1, key).TryNumber(out var id) || _recent.Bind(1, room).Bind(2, redaction.Number).TryNumber(out id))
        {
            _unindex.Bind(1, key).Run();
            _overwrite.Bind(1, redaction.Author.Value).Bind(2, (long)redaction.Kind).Bind(3, redaction.Text.Span)
                .BindDetails(4, redaction).Bind(4 + MessageDetails.Count, id).Run();
        }
    }

    public void Dispose()
    {
        _placed.Dispose();
        _recent.Dispose();
        _unindex.Dispose();
        _overwrite.Dispose();
    }
}
