using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Parley.Core.Accounts;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Names;

namespace Parley.Cli.History;

/// <summary>A message as a line of JSON, which is what export writes and import reads.</summary>
/// <remarks>
/// <code>
/// {"room":"main","number":1,"time":"2026-06-01T12:00:00.0000000+00:00","author":"Ann","kind":"text","text":"hello"}
/// {"number":7,"time":"...","author":"Ann","to":"Bob","kind":"text","text":"a direct message"}
/// </code>
/// Where it was known: origin (<c>ident@host</c>), account, toAccount, authorId and toId (who that was whatever the name, as
/// text, since not every program reads numbers of that size), life (of a room that kept people
/// out: see <see cref="RoomLife"/>), tags. Kind is text, action, notice or tags, or what
/// happened: joined, left, quit, renamed, topic, kicked, modes, redacted, roomrenamed (the text is the old name and the new one, with a
/// space between; the room is the one that it is called now). Names that are not listed are ignored, so that
/// lines of a later version can be read.
/// </remarks>
internal static class HistoryLine
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(HistoryEntry entry, IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, Readable))
        {
            json.WriteStartObject();
            if (!entry.Room.IsEmpty)
            {
                json.WriteString("room"u8, entry.Room.Value);
            }

            json.WriteNumber("number"u8, entry.Number);
            json.WriteString("time"u8, entry.Time);
            json.WriteString("author"u8, entry.Author.Value);
            if (entry.Room.IsEmpty)
            {
                json.WriteString("to"u8, entry.Recipient.Value);
            }

            json.WriteString("kind"u8, NameOf(entry.Kind));
            json.WriteString("text"u8, entry.Text.Span);
            WriteUnlessEmpty(json, "origin", entry.Origin ?? "");
            WriteUnlessEmpty(json, "account", entry.Account.Value);
            WriteUnlessEmpty(json, "toAccount", entry.RecipientAccount.Value);
            WriteUnlessUnknown(json, "authorId", entry.AuthorId);
            WriteUnlessUnknown(json, "toId", entry.RecipientId);
            WriteUnlessEmpty(json, "life", entry.Life.IsNone ? "" : entry.Life.Value.ToString(CultureInfo.InvariantCulture));
            WriteUnlessEmpty(json, "tags", Encoding.UTF8.GetString(entry.Tags.Span));
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>Reads what <see cref="Write"/> writes.</summary>
    /// <exception cref="FormatException">It is something else; the message says what is missing.</exception>
    public static HistoryEntry Read(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var message = json.RootElement;
            var recipient = default(UserName);
            var isDirect = message.TryGetProperty("to"u8, out var to);
            var room = default(RoomName);
            if (isDirect ? !UserName.TryParse(to.GetString(), out recipient)
                : !RoomName.TryParse(message.GetProperty("room"u8).GetString(), out room))
            {
                throw new FormatException(isDirect ? "\"to\" is not a name" : "\"room\" is not the name of a room");
            }

            if (!UserName.TryParse(message.GetProperty("author"u8).GetString(), out var author))
            {
                throw new FormatException("\"author\" is not a name");
            }

            var (number, time, kind) = (Number(message), Time(message), Kind(message));
            return new HistoryEntry(
                room,
                number,
                time,
                author,
                recipient,
                kind,
                Text(message, "text", mayHaveLines: kind <= MessageKind.Answer),
                Origin(message),
                Account(message, "account"),
                Word(message, "tags"),
                Account(message, "toAccount"),
                Id(message, "authorId"),
                Id(message, "toId"),
                new RoomLife(Id(message, "life").Value));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("not a message: it needs room or to, number, time, author, kind and text", e);
        }
    }

    private static long Number(JsonElement message)
        => !message.GetProperty("number"u8).TryGetInt64(out var number) ? throw new FormatException("\"number\" is not a whole number")
            : number > 0 ? number : throw new FormatException("\"number\" is not above 0");

    private static DateTimeOffset Time(JsonElement message)
        => message.GetProperty("time"u8).TryGetDateTimeOffset(out var time)
            ? time.ToUniversalTime() : throw new FormatException("\"time\" is not a time such as 2026-06-01T12:00:00Z");

    private static string NameOf(MessageKind kind) => kind.ToString().ToLowerInvariant();

    private static void WriteUnlessEmpty(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }

    private static MessageKind Kind(JsonElement message)
        => message.GetProperty("kind"u8).GetString() is { Length: > 0 } name && char.IsAsciiLetterLower(name[0])
            && Enum.TryParse<MessageKind>(name, ignoreCase: true, out var kind)
            ? kind
            : throw new FormatException("\"kind\" is none of " + string.Join(", ", Enum.GetValues<MessageKind>().Select(NameOf)));

    private static string? Origin(JsonElement message)
        => message.TryGetProperty("origin"u8, out _) ? Encoding.UTF8.GetString(Word(message, "origin")) : null;

    private static UserName Account(JsonElement message, string property)
    {
        var account = default(UserName);
        return !message.TryGetProperty(property, out var value) || UserName.TryParse(value.GetString(), out account)
            ? account
            : throw new FormatException($"\"{property}\" is not a name");
    }

    private static void WriteUnlessUnknown(Utf8JsonWriter json, string name, Identity identity)
        => WriteUnlessEmpty(json, name, identity.IsUnknown ? "" : identity.Value.ToString(CultureInfo.InvariantCulture));

    private static Identity Id(JsonElement message, string property)
    {
        var value = 0L;
        return !message.TryGetProperty(property, out var text)
            || long.TryParse(text.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            ? Identity.Restore(value)
            : throw new FormatException($"\"{property}\" is not a number");
    }

    private static byte[] Text(JsonElement message, string property, bool mayHaveLines = false)
    {
        var text = message.GetProperty(property).GetString() ?? "";
        return text.Contains('\r', StringComparison.Ordinal) ? throw new FormatException($"\"{property}\" has a line break that is not \\n")
            : !mayHaveLines && text.Contains('\n', StringComparison.Ordinal) ? throw new FormatException($"\"{property}\" has a line break")
            // What IRC marks with U+0001 is a kind here; as text it would have clients answer.
            : Encoding.UTF8.GetBytes(text.Replace("\u0001", "", StringComparison.Ordinal));
    }

    /// <summary>Text that IRC clients are sent as a word; empty if there is none.</summary>
    private static byte[] Word(JsonElement message, string property)
    {
        var word = message.TryGetProperty(property, out var value) ? value.GetString() ?? "" : "";
        return word.Any(static character => character == ' ' || char.IsControl(character))
            ? throw new FormatException($"\"{property}\" has a space or a control character") : Encoding.UTF8.GetBytes(word);
    }
}
