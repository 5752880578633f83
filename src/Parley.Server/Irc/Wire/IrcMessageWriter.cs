using System.Buffers;
using System.Globalization;
using System.Text;
using Parley.Core.Events;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Multiline;

namespace Parley.Server.Irc.Wire;

// https://ircv3.net/specs/extensions/multiline
//
// A message is one line where it fits. Otherwise it is split where its author's client has split it, and what is too long
// still after words, or after characters, and is
//   a draft/multiline batch for those who have negotiated that, of which the batch is the message and has its tags;
//   several lines for all others, of which the first is the message: it alone has the id and the author's own tags.

/// <summary>Messages in the words of IRC, of now and of the past, with the tags that a set of capabilities asks for.</summary>
/// <param name="events">How what is no message is written, for the same readers.</param>
/// <param name="maxPlainLines">Lines of one message for those who know no multi-line messages.</param>
internal sealed class IrcMessageWriter(IrcEvents events, int maxPlainLines)
{
    /// <summary>The tag of a piece that goes on where the one before ended.</summary>
    public const string ConcatTag = "draft/multiline-concat";

    /// <summary>The type of a batch that is one message.</summary>
    public const string MultilineBatch = "draft/multiline";

    private const string LabelTag = "label=";

    private readonly bool _isMultiline = events.Has(IrcCapabilities.Multiline) && events.Has(IrcCapabilities.Batch);

    public void Write(in IrcSaid said, IBufferWriter<byte> output)
    {
        var text = said.Draft.Text.Span;
        if (said.Draft.Kind == MessageKind.Tags)
        {
            if (events.Has(IrcCapabilities.MessageTags))
            {
                WriteTags(said, said.Response, isFirst: true, output);
                WriteBody(said, "TAGMSG", output);
            }

            return;
        }

        var form = new Form(said);
        if (text.Length <= form.Room && said.Draft.Joints.IsEmpty && !text.Contains((byte)'\n'))
        {
            WriteTags(said, said.Response, isFirst: true, output);
            WriteLine(said, form, text, output);
        }
        else if (_isMultiline && said.Draft.Kind != MessageKind.Action)
        {
            WriteBatch(said, form, output);
        }
        else
        {
            WriteLines(said, form, output);
        }
    }

    private static void WriteLine(in IrcSaid said, in Form form, ReadOnlySpan<byte> text, IBufferWriter<byte> output)
    {
        var author = said.From.Profile;
        output.WriteIrc($":{said.From.Name.Value}!{author.Ident}@{author.Host} {form.Command} {said.Prefix}{said.To} :{form.Before}{text}{form.After}");
    }

    private static void WriteBody(in IrcSaid said, string command, IBufferWriter<byte> output)
    {
        var author = said.From.Profile;
        output.WriteIrc($":{said.From.Name.Value}!{author.Ident}@{author.Host} {command} {said.Prefix}{said.To}");
    }

    /// <summary>As one batch. Its lines need no tags but that of the batch.</summary>
    private void WriteBatch(in IrcSaid said, in Form form, IBufferWriter<byte> output)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"m{said.Reference}");
        WriteTags(said, said.Response, isFirst: true, output);
        WriteBody(said, $"BATCH +{id} {MultilineBatch}", output);
        for (var pieces = Pieces(said, form); pieces.MoveNext();)
        {
            WriteInBatch(id, pieces.IsConcat, output);
            WriteLine(said, form, pieces.Current, output);
        }

        EndBatch(said, id, output);
    }

    /// <summary>As lines of their own, of which none is blank.</summary>
    private void WriteLines(in IrcSaid said, in Form form, IBufferWriter<byte> output)
    {
        // A label may stand on one line only, or on a batch of several.
        var isLabeled = said.Response?.StartsWith(LabelTag, StringComparison.Ordinal) ?? false;
        string? id = null;
        var response = said.Response;
        if (isLabeled && Count(said, form, maxPlainLines) > 1)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"m{said.Reference}");
            events.Begin(said.Time, default, output, said.Response);
            output.WriteIrc($":{events.ServerName} BATCH +{id} labeled-response");
            response = $"batch={id}";
        }

        var isFirst = true;
        var lines = new PlainLinesBudget(maxPlainLines);
        foreach (var piece in Pieces(said, form))
        {
            if (!piece.IsEmpty && lines.TryTake())
            {
                WriteTags(said, response, isFirst, output);
                WriteLine(said, form, piece, output);
                isFirst = false;
            }
        }

        if (lines.Left > 0)
        {
            WriteTags(said, response, isFirst: false, output);
            WriteLine(said, form, Encoding.UTF8.GetBytes(PlainLinesBudget.Rest(lines.Left)), output);
        }

        if (id is not null)
        {
            EndBatch(said, id, output);
        }
    }

    private static int Count(in IrcSaid said, in Form form, int enough)
    {
        var count = 0;
        foreach (var piece in Pieces(said, form))
        {
            count += piece.IsEmpty ? 0 : 1;
            if (count > enough)
            {
                break;
            }
        }

        return count;
    }

    private static MessagePieces Pieces(in IrcSaid said, in Form form) => new(said.Draft.Text.Span, said.Draft.Joints.AsSpan(), form.Room);

    private void EndBatch(in IrcSaid said, string id, IBufferWriter<byte> output)
    {
        var isNested = !(said.Response?.StartsWith(LabelTag, StringComparison.Ordinal) ?? true);
        events.Begin(said.Time, default, output, isNested ? said.Response : null);
        output.WriteIrc($":{events.ServerName} BATCH -{id}");
    }

    private static void WriteInBatch(string id, bool isConcat, IBufferWriter<byte> output)
    {
        var tags = new IrcTagWriter(output);
        tags.Add("batch"u8, id);
        if (isConcat)
        {
            tags.Add(Encoding.ASCII.GetBytes(ConcatTag));
        }

        tags.End();
    }

    private void WriteTags(in IrcSaid said, string? response, bool isFirst, IBufferWriter<byte> output)
    {
        var tags = new IrcTagWriter(output);
        events.AddTags(ref tags, said.Time, said.From, response);
        if (isFirst && events.Has(IrcCapabilities.MessageTags))
        {
            tags.Add("msgid"u8, said.Id);
            if (!said.Draft.Tags.IsEmpty)
            {
                tags.Add(new IrcTags(said.Draft.Tags.Span));
            }
        }

        tags.End();
    }

    /// <summary>Parts that surround the text in each line of a message.</summary>
    private readonly ref struct Form
    {
        public Form(in IrcSaid said)
        {
            Command = said.Draft.Kind is MessageKind.Notice or MessageKind.Answer ? "NOTICE" : "PRIVMSG";
            (Before, After) = said.Draft.Kind == MessageKind.Action ? ("\u0001ACTION ", "\u0001") : ("", "");
            var author = said.From.Profile;
            Room = IrcFramer.MaxBodyBytes - ":!@   :".Length - said.From.Name.Value.Length
                - Encoding.UTF8.GetByteCount(author.Ident) - Encoding.UTF8.GetByteCount(author.Host)
                - Command.Length - said.Prefix.Length - said.To.Length - Before.Length - After.Length;
        }

        public string Command { get; }

        public string Before { get; }

        public string After { get; }

        /// <summary>Bytes that are left for the text.</summary>
        public int Room { get; }
    }
}
