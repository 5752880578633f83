using System.Buffers;
using System.Text;
using Parley.Protocol.Irc;
using Parley.Server.Connections;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Sessions;

/// <summary>
/// Replies to one command of a client: gathered, and at the end sent as labeled-response has it
/// (https://ircv3.net/specs/extensions/labeled-response): the label on the only answer, on a batch around several, or on ACK
/// if there is none.
/// </summary>
/// <remarks>
/// A label MUST stand on one line only. What the broker shows the client because of the command comes by <see cref="Show"/>,
/// while the command waits for the broker's decision: so at its end it is known whether anything has come.
/// </remarks>
internal sealed class IrcReplies(IrcSession session)
{
    private const int MaxLabelBytes = 64;

    /// <summary>Lines of a long answer that go out together, some 10 KB.</summary>
    private const int PieceLines = AnswerTurns.SliceSize;

    private readonly List<Reply> _replies = [];
    private string? _label;
    private string? _batch;
    private int _answers;
    private bool _mayBeSeveral;
    private bool _isAnswered;
    private string? _farewell;

    private enum Place
    {
        /// <summary>An answer, or the beginning of a batch that is one.</summary>
        Answer,

        /// <summary>Within a batch that is an answer.</summary>
        Inside,

        /// <summary>The end of a batch that is an answer.</summary>
        End,
    }

    /// <summary>The tag that ties a line to the command in hand; null if it has no label, or that stands elsewhere already.</summary>
    private string? Tag => _batch is not null ? $"batch={_batch}" : _label is not null && !_isAnswered ? $"label={_label}" : null;

    /// <summary>A command begins.</summary>
    /// <param name="label">What the client knows it by; null for nothing.</param>
    public void Begin(string? label)
    {
        (_label, _batch, _answers, _mayBeSeveral, _isAnswered) = (IsLabel(label) ? label : null, null, 0, false, false);
    }

    /// <summary>A line, without tags.</summary>
    public void Add(string line) => AddAnswer(line);

    /// <summary>The line that ends the conversation, bare, behind everything else; it answers nothing.</summary>
    public void AddFarewell(string line) => _farewell = line;

    /// <summary>A batch of lines that is one answer: the first says what it is, the others are in it.</summary>
    /// <param name="type">The batch's type and parameters.</param>
    /// <param name="lines">Its lines; whatever tags they have, their own batch tag is added.</param>
    public void AddBatch(string type, IEnumerable<string> lines)
    {
        var id = BeginBatch(type);
        AddInside(id, lines);
        EndBatch(id);
    }

    /// <summary>Begins a batch whose lines come piece by piece; returns what <see cref="AddInside"/> and <see cref="EndBatch"/> know it by.</summary>
    /// <param name="type">The batch's type and parameters.</param>
    public string BeginBatch(string type)
    {
        var id = session.NextBatchId();
        AddAnswer($"BATCH +{id} {type}");
        return id;
    }

    /// <summary>More lines of a batch.</summary>
    public void AddInside(string id, IEnumerable<string> lines) => _replies.AddRange(lines.Select(line => new Reply(line, Place.Inside, id)));

    /// <summary>The end of a batch.</summary>
    public void EndBatch(string id) => _replies.Add(new Reply($"BATCH -{id}", Place.End));

    /// <summary>A batch of lines that have their tags already.</summary>
    /// <param name="type">The batch's type and parameters.</param>
    /// <param name="write">Writes the lines, each with the tag of the batch that it is given.</param>
    /// <param name="tag">What the line that begins the batch is marked with; null for nothing.</param>
    public void AddBatch(string type, Action<string, IBufferWriter<byte>> write, string? tag = null)
    {
        var id = session.NextBatchId();
        var body = new ArrayBufferWriter<byte>();
        write($"batch={id}", body);
        AddAnswer($"{(tag is null ? "" : Marked(tag))}BATCH +{id} {type}");
        _replies.Add(new Reply("", Place.Inside) { Body = body.WrittenMemory });
        _replies.Add(new Reply($"BATCH -{id}", Place.End));
    }

    /// <summary>Lines of an answer that has several (<see cref="MayBeSeveral"/> comes before), as bytes from the first: there may be thousands.</summary>
    /// <param name="write">Writes the lines, each with the tag that it is given; null for none.</param>
    public void AddLines(Action<string?, IBufferWriter<byte>> write)
    {
        var lines = new ArrayBufferWriter<byte>(8 * 1024);
        write(Tag, lines);
        AddLines(lines.WrittenMemory);
    }

    /// <summary>Lines that have their tags already, for a client that knows no batches.</summary>
    public void AddLines(ReadOnlyMemory<byte> lines)
    {
        _replies.Add(new Reply("", Place.Inside) { Body = lines });
    }

    /// <summary>Leaves the label to a line outside these replies: an echo, or the answer to a later command.</summary>
    /// <returns>The label; null if there is none.</returns>
    public string? IsAnswered()
    {
        _isAnswered = true;
        return _label;
    }

    /// <summary>
    /// More than one line may answer the command, and some of them come from elsewhere: what was gathered is sent, so that
    /// they come behind it, and all of it is a batch, which begins with the first line that there is.
    /// </summary>
    public void MayBeSeveral()
    {
        _mayBeSeveral = true;
        if (_answers > 0)
        {
            OpenBatch();
        }

        Flush();
    }

    /// <summary>Writes what the broker shows the client of what the command has done. What writes nothing answers nothing.</summary>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="write">Writes lines with the tag that it is given; null for none.</param>
    public void Show(IBufferWriter<byte> output, Action<string?, IBufferWriter<byte>> write)
    {
        var opening = _mayBeSeveral && _batch is null && Tag is not null ? session.NextBatchId() : null;
        var lines = new ArrayBufferWriter<byte>(256);
        write(opening is null ? Tag : $"batch={opening}", lines);
        if (lines.WrittenCount == 0)
        {
            return;
        }

        if (opening is not null)
        {
            WriteOpening(output, opening);
        }

        _isAnswered = true;
        output.Write(lines.WrittenSpan);
    }

    /// <summary>Returns the tag for the echo of the client's own message, which comes at a time of the broker's choice.</summary>
    /// <returns>The tag; null for none.</returns>
    public string? TagOfEcho()
    {
        if (_mayBeSeveral)
        {
            OpenBatch();
        }

        return Tag;
    }

    /// <summary>A long answer goes on: what was gathered of it goes out by itself if it is a piece.</summary>
    public void Piece()
    {
        if (_replies.Count >= PieceLines || _replies.Exists(static reply => reply.Body is not null))
        {
            MayBeSeveral();
        }
    }

    /// <summary>The command is done.</summary>
    public void End()
    {
        if (_label is not null && _batch is null && !_isAnswered)
        {
            if (_answers > 1)
            {
                OpenBatch();
            }
            else if (_answers == 0)
            {
                Add("ACK");
            }
        }

        Flush();
        if (_batch is not null)
        {
            // Behind the echoes that belong to the batch: an answer waits for what its session has said.
            var id = _batch;
            (_label, _batch) = (null, null);
            Add($"BATCH -{id}");
            Flush();
        }

        _label = null;
        if (_farewell is { } farewell)
        {
            _farewell = null;
            session.SendBare(farewell);
        }
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
        _ => Tag,
    };

    private void OpenBatch()
    {
        if (_batch is null && Tag is not null)
        {
            var output = new ArrayBufferWriter<byte>(256);
            WriteOpening(output, session.NextBatchId());
            session.Session.Reply(output.WrittenSpan.ToArray());
        }
    }

    private void WriteOpening(IBufferWriter<byte> output, string id)
    {
        Write(output, $"BATCH +{id} labeled-response", Tag);
        _batch = id;
    }

    private string Marked(string tag)
    {
        var time = session.Has(IrcCapabilities.ServerTime) ? $";time={IrcServerTime.ToText(session.Context.Time.GetUtcNow())}" : "";
        return $"@{tag}{time} :{session.Context.ServerName} ";
    }

    private void AddAnswer(string line)
    {
        _replies.Add(new Reply(line, Place.Answer));
        _answers++;
    }

    /// <summary>A line that begins with <c>@</c> has its tags already, but for that of its batch.</summary>
    private void Write(IBufferWriter<byte> output, string line, string? response)
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
