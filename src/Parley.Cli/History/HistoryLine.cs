using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
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
/// Kind is text or action. Names that are not listed are ignored, so that lines of a later version can be read.
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

            json.WriteString("kind"u8, entry.Kind == MessageKind.Action ? "action"u8 : "text"u8);
            json.WriteString("text"u8, entry.Text.Span);
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

            var number = message.GetProperty("number"u8).GetInt64();
            return number > 0
                ? new HistoryEntry(room, number, Time(message), author, recipient, Kind(message), Text(message))
                : throw new FormatException("\"number\" is not above 0");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("not a message: it needs room or to, number, time, author, kind and text", e);
        }
    }

    private static DateTimeOffset Time(JsonElement message) => message.GetProperty("time"u8).GetDateTimeOffset().ToUniversalTime();

    private static MessageKind Kind(JsonElement message) => message.GetProperty("kind"u8).GetString() switch
    {
        "text" => MessageKind.Text,
        "action" => MessageKind.Action,
        _ => throw new FormatException("\"kind\" is neither text nor action"),
    };

    private static byte[] Text(JsonElement message)
    {
        var text = message.GetProperty("text"u8).GetString() ?? "";
        return text.AsSpan().ContainsAny('\r', '\n')
            ? throw new FormatException("\"text\" has a line break")
            : System.Text.Encoding.UTF8.GetBytes(text);
    }
}
