using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Parley.Cli.Terminal;

/// <summary>Writes one JSON object a line (https://jsonlines.org).</summary>
internal sealed class JsonLines(TextWriter output)
{
    private readonly ArrayBufferWriter<byte> _line = new();

    /// <summary>Writes an object with what <paramref name="members"/> puts into it.</summary>
    public void Write(Action<Utf8JsonWriter> members)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        output.WriteLine(Encoding.UTF8.GetString(_line.WrittenSpan));
    }
}
