using System.Buffers;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Parley.Core.Events;
using Parley.Core.Names;
using Parley.Protocol.Framing;
using Parley.Server.Connections;

namespace Parley.Server.Http;

/// <summary>Request to post messages: <c>text/plain</c>, each line a message, or <c>{"text":"...","kind":"text|action","as":"Name"}</c>.</summary>
/// <param name="Lines">The messages, each valid UTF-8 without line breaks.</param>
/// <param name="Kind">Said or done.</param>
/// <param name="As">In whose name; empty: the token's own.</param>
internal sealed record PostRequest(IReadOnlyList<byte[]> Lines, MessageKind Kind, UserName As)
{
    /// <summary>Messages in one request.</summary>
    public const int MaxLines = 20;

    /// <summary>Names of UTF-8 that programs send, and of ASCII, which is part of it.</summary>
    private static readonly FrozenSet<string> Charsets = FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "utf-8", "utf8", "us-ascii");

    /// <summary>Returns a hash that differs from that of any other request to the same or another room.</summary>
    public byte[] Fingerprint(RoomName room)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{room.Key}\n{As.Key}\n{Kind}\n"));
        foreach (var line in Lines)
        {
            hash.AppendData(line);
            hash.AppendData("\n"u8);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Reads a request's body.</summary>
    /// <exception cref="ProblemException">It is none that can be said.</exception>
    public static async Task<PostRequest> ReadAsync(HttpRequest http, int maxLineBytes)
    {
        var isJson = IsJson(http.ContentType);

        // Twice: JSON may need an escape for what is one byte in the line.
        var body = await ReadBodyAsync(http, (MaxLines * maxLineBytes * 2) + 1024);
        return isJson ? ReadJson(body, maxLineBytes) : new PostRequest(Split(body, maxLineBytes), MessageKind.Text, default);
    }

    private static bool IsJson(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType))
        {
            return false;
        }

        if (MediaTypeHeaderValue.TryParse(contentType, out var type)
            && (!type.Charset.HasValue || Charsets.Contains(HeaderUtilities.RemoveQuotes(type.Charset).Value!)))
        {
            if (type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }

            if (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        throw new ProblemException(
            StatusCodes.Status415UnsupportedMediaType, "Send text/plain or application/json, in UTF-8: with curl, -H 'Content-Type: text/plain'");
    }

    private static async Task<byte[]> ReadBodyAsync(HttpRequest http, int maxBytes)
    {
        var body = new ArrayBufferWriter<byte>();
        while (await http.Body.ReadAsync(body.GetMemory(4096), http.HttpContext.RequestAborted) is > 0 and var read)
        {
            body.Advance(read);
            if (body.WrittenCount > maxBytes)
            {
                throw new ProblemException(StatusCodes.Status413PayloadTooLarge, $"A request can only be {maxBytes} bytes long, send it in parts");
            }
        }

        // Files from Windows begin with a byte order mark, which is not of the text (RFC 8259, section 8.1, for JSON).
        var bytes = body.WrittenSpan;
        return (bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes).ToArray();
    }

    private static PostRequest ReadJson(byte[] body, int maxLineBytes)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var (text, kind, author) = ((string?)null, MessageKind.Text, default(UserName));
            foreach (var member in json.RootElement.EnumerateObject())
            {
                switch (member.Name)
                {
                    case "text":
                        text = member.Value.GetString();
                        break;
                    case "kind":
                        kind = member.Value.GetString() switch
                        {
                            "text" => MessageKind.Text,
                            "action" => MessageKind.Action,
                            _ => throw Malformed("\"kind\" is neither \"text\" nor \"action\""),
                        };
                        break;
                    case "as" when UserName.TryParse(member.Value.GetString(), out author):
                        break;
                    case "as":
                        throw Malformed($"\"as\" is not a name: give {UserName.Form}");
                    default:
                        throw Malformed("an object can only have \"text\", \"kind\" and \"as\"");
                }
            }

            return new PostRequest(Split(Encoding.UTF8.GetBytes(text ?? throw Malformed("\"text\" is missing")), maxLineBytes), kind, author);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Utf8Text.IsValid(body) ? Malformed("send {\"text\": \"...\"}, in UTF-8") : NotUtf8();
        }
    }

    /// <summary>A message a line; lines without anything in them are left out.</summary>
    private static List<byte[]> Split(byte[] text, int maxLineBytes)
    {
        if (!Utf8Text.IsValid(text))
        {
            throw NotUtf8();
        }

        List<byte[]> lines = [];
        foreach (var range in text.AsSpan().Split((byte)'\n'))
        {
            var line = text.AsSpan(range);
            line = line is [.. var ended, (byte)'\r'] ? ended : line;
            if (line.Length > maxLineBytes)
            {
                throw new ProblemException(StatusCodes.Status422UnprocessableEntity, $"Messages can only be {maxLineBytes} bytes long, send it in parts");
            }

            var said = EnteredText.Clean(line);
            if (!said.Trim(" \t"u8).IsEmpty)
            {
                lines.Add(said.ToArray());
            }
        }

        return lines.Count switch
        {
            0 => throw new ProblemException(StatusCodes.Status422UnprocessableEntity, "There is nothing to say, send a line of text"),
            > MaxLines => throw new ProblemException(StatusCodes.Status422UnprocessableEntity, $"A request can only have {MaxLines} lines, send it in parts"),
            _ => lines,
        };
    }

    private static ProblemException Malformed(string detail) => new(StatusCodes.Status400BadRequest, $"Not such JSON: {detail}");

    private static ProblemException NotUtf8()
        => new(StatusCodes.Status422UnprocessableEntity, "Messages must be UTF-8, send it again in that encoding");
}
