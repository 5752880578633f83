using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Parley.Server.Json;

/// <summary>One object of JSON as a body. It stands in no page of HTML, so what people read stays readable.</summary>
internal static class JsonBody
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An object with what <paramref name="members"/> puts into it.</summary>
    public static byte[] Encode(Action<Utf8JsonWriter> members)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }
}
