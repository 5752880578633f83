using System.Buffers;
using System.Text;
using Parley.Protocol.Irc;

namespace Parley.Server.Irc;

/// <summary>
/// What a client is answered to one command: gathered, and at the end sent as labeled-response has it
/// (https://ircv3.net/specs/extensions/labeled-response): the label on the only answer, or on a batch around several.
/// </summary>
/// <remarks>A label MUST stand on one line only.</remarks>
internal sealed class IrcReplies(IrcSession session)
{
    private const int MaxLabelBytes = 64;

    private readonly List<Reply> _replies = [];
    private string? _label;
    private string? _batch;
    private int _answers;
    private bool _isAnswered;

    private enum Place
    {
        /// <summary>An answer, or the beginning of a batch that is one.</summary>
        Answer,

        /// <summary>Within a batch that is an answer.</summary>
        Inside,

        /// <summary>The end of a batch that is an answer.</summary>
        End,
    }

    /// <summary>The tag that ties a line to the command in hand; null if it has no label.</summary>
    public string? ResponseTag => _batch is not null ? $"batch={_batch}" : _label is not null ? $"label={_label}" : null;

    /// <summary>A command begins.</summary>
    /// <param name="label">What the client knows it by; null for nothing.</param>
    public void Begin(string? label)
    {
        (_label, _batch, _answers, _isAnswered) = (IsLabel(label) ? label : null, null, 0, false);
    }

    /// <summary>A line, without tags.</summary>
    public void Add(string line) => AddAnswer(line);

    /// <summary>A batch of lines that is one answer: the first says what it is, the others are in it.</summary>
    /// <param name="type">The batch's type and parameters.</param>
    /// <param name="lines">Its lines; whatever tags they have, their own batch tag is added.</param>
    public void AddBatch(string type, IEnumerable<string> lines)
    {
        var id = session.NextBatchId();
        AddAnswer($"BATCH +{id} {type}");
        _replies.AddRange(lines.Select(line => new Reply(line, Place.Inside, id)));
        _replies.Add(new Reply($"BATCH -{id}", Place.End));
    }

    /// <summary>A batch of lines that have their tags already.</summary>
    /// <param name="type">The batch's type and parameters.</param>
    /// <param name="write">Writes the lines, each with the tag of the batch that it is given.</param>
    public void AddBatch(string type, Action<string, IBufferWriter<byte>> write)
    {
        var id = session.NextBatchId();
        var body = new ArrayBufferWriter<byte>();
        write($"batch={id}", body);
        AddAnswer($"BATCH +{id} {type}");
        _replies.Add(new Reply("", Place.Inside) { Body = body.WrittenMemory });
        _replies.Add(new Reply($"BATCH -{id}", Place.End));
    }

    /// <summary>Lines that have their tags already, for a client that knows no batches.</summary>
    public void AddLines(ReadOnlyMemory<byte> lines)
    {
        _replies.Add(new Reply("", Place.Inside) { Body = lines });
    }

    /// <summary>What carries the label is not among these replies: an echo, or what a later command is answered.</summary>
    /// <returns>The label; null if there is none.</returns>
    public string? IsAnswered()
    {
        _isAnswered = true;
        return _label;
    }

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
        if (_label is not null && _batch is null && !_isAnswered)
        {
            if (_answers > 1)
            {
                BeginBatch();
            }
            else if (_answers == 0)
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
        if (_replies.Count == 0)
        {
            return;
        }

        var output = new ArrayBufferWriter<byte>(256);
        foreach (var reply in _replies)
        {
            if (reply.Body is { } body)
            {
                output.Write(body.Span);
            }
            else
            {
                Write(output, reply.Line, TagOf(reply));
            }
        }

        _replies.Clear();
        session.Session.Reply(output.WrittenSpan.ToArray());
    }

    /// <summary>Others are ignored, as if there were none.</summary>
    private static bool IsLabel(string? label) => label is not (null or "") && Encoding.UTF8.GetByteCount(label) <= MaxLabelBytes;

    private string? TagOf(in Reply reply) => reply.Place switch
    {
        Place.Inside => $"batch={reply.Batch}",
        Place.End when _batch is null => null,
        _ when _batch is null && _isAnswered => null,
        _ => ResponseTag,
    };

    private void AddAnswer(string line)
    {
        _replies.Add(new Reply(line, Place.Answer));
        _answers++;
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

    private readonly record struct Reply(string Line, Place Place, string? Batch = null)
    {
        /// <summary>Lines that are sent as they are, in place of <see cref="Line"/>.</summary>
        public ReadOnlyMemory<byte>? Body { get; init; }
    }
}
