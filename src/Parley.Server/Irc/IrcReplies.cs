using System.Buffers;
using System.Text;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc;

/// <summary>
/// What a client is answered to one command: gathered, and at the end sent as labeled-response has it
/// (https://ircv3.net/specs/extensions/labeled-response): the label on the only line, or on a batch around several.
/// </summary>
internal sealed class IrcReplies(IrcSession session)
{
    private readonly List<(string Line, string? Batch)> _lines = [];
    private string? _label;
    private string? _batch;
    private int _units;
    private bool _isAnswered;

    /// <summary>The tag that ties a line to the command in hand; null if it has no label.</summary>
    public string? ResponseTag => _batch is not null ? $"batch={_batch}" : _label is not null ? $"label={_label}" : null;

    /// <summary>A command begins.</summary>
    /// <param name="label">What the client knows it by; null for nothing.</param>
    public void Begin(string? label)
    {
        (_label, _batch, _units, _isAnswered) = (label, null, 0, false);
    }

    /// <summary>A line, without tags.</summary>
    public void Add(string line) => Add(line, batch: null);

    /// <summary>A batch of lines that is one answer: the first says what it is, the others are in it.</summary>
    /// <param name="type">The batch's type and parameters.</param>
    /// <param name="lines">Its lines; whatever tags they have, their own batch tag is added.</param>
    public void AddBatch(string type, IEnumerable<string> lines)
    {
        var id = session.NextBatchId();
        Add($"BATCH +{id} {type}");
        foreach (var line in lines)
        {
            _lines.Add((line, id));
        }

        _lines.Add(($"BATCH -{id}", ""));
    }

    /// <summary>Another line, an echo, carries the label.</summary>
    public void IsAnswered() => _isAnswered = true;

    /// <summary>
    /// More than one line will answer the command, and some of them come from elsewhere: what was gathered is sent, so that
    /// they come behind it, and all of it is a batch.
    /// </summary>
    public void BeginBatch()
    {
        if (_label is not null && _batch is null)
        {
            var id = session.NextBatchId();
            var output = new ArrayBufferWriter<byte>(256);
            Write(output, $"BATCH +{id} labeled-response", $"label={_label}");
            _batch = id;
            session.Session.Reply(output.WrittenSpan.ToArray());
        }

        Flush();
    }

    /// <summary>The command is done.</summary>
    public async ValueTask EndAsync()
    {
        if (_label is not null && _batch is null)
        {
            if (_units > 1)
            {
                BeginBatch();
            }
            else if (_units == 0 && !_isAnswered)
            {
                Add("ACK");
            }
        }

        Flush();
        if (_batch is not null)
        {
            // Echoes that belong to the batch may still be on their way.
            await session.Context.Broker.SettleAsync(session.Session);
            var id = _batch;
            (_label, _batch) = (null, null);
            Add($"BATCH -{id}");
            Flush();
        }

        _label = null;
    }

    /// <summary>Sends what was gathered, with the label where it belongs.</summary>
    public void Flush()
    {
        if (_lines.Count == 0)
        {
            return;
        }

        var output = new ArrayBufferWriter<byte>(256);
        foreach (var (line, batch) in _lines)
        {
            Write(output, line, batch is null ? ResponseTag : batch.Length > 0 ? $"batch={batch}" : null);
        }

        _lines.Clear();
        session.Session.Reply(output.WrittenSpan.ToArray());
    }

    private void Add(string line, string? batch)
    {
        _lines.Add((line, batch));
        _units++;
    }

    /// <summary>A line that begins with <c>@</c> has its tags already, but for that of its batch.</summary>
    private void Write(ArrayBufferWriter<byte> output, string line, string? response)
    {
        if (line is ['@', ..])
        {
            output.Write(Encoding.UTF8.GetBytes(response is null ? line : $"@{response};{line[1..]}"));
            output.Write("\r\n"u8);
            return;
        }

        session.Events.Begin(session.Context.Time.GetUtcNow(), default, output, response);
        output.WriteIrc(line is [':', ..] ? (ReadOnlySpan<byte>)Encoding.UTF8.GetBytes(line) : Encoding.UTF8.GetBytes($":{session.Context.ServerName} {line}"));
    }
}
