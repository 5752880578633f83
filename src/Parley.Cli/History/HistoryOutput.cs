using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Parley.Cli.Chat;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Protocol.Framing;

namespace Parley.Cli.History;

/// <summary>What the history verbs print: lines for people, or lines of JSON.</summary>
internal sealed class HistoryOutput : IDisposable
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly BufferedStream _stream;
    private readonly bool _isJson;

    public HistoryOutput(bool isJson)
    {
        _isJson = isJson;
        _stream = new BufferedStream(StandardStreams.OpenOutput(), 1 << 16);
    }

    /// <summary>A message.</summary>
    public void Write(HistoryEntry entry)
    {
        if (_isJson)
        {
            HistoryLine.Write(entry, _line);
        }
        else
        {
            var author = entry.Kind switch
            {
                MessageKind.Text or MessageKind.Notice => $"{entry.Author}: ",
                MessageKind.Action => $"* {entry.Author} ",
                var happened => $"* {entry.Author} [{happened.ToString().ToLowerInvariant()}] ",
            };
            Append($"{entry.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} #{entry.Number} {author}");
            // What users wrote must not drive the operator's terminal.
            Utf8Text.WriteWithoutControls(entry.Text.Span, _line);
            Append("\n");
        }

        _stream.Write(_line.WrittenSpan);
        _line.ResetWrittenCount();
    }

    /// <summary>A result: an object of JSON, or what it is in words.</summary>
    public void Write<T>(T result, params string[] lines)
    {
        foreach (var line in _isJson ? [JsonSerializer.Serialize(result, Json)] : lines)
        {
            _stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
    }

    public void Dispose() => _stream.Flush();

    private void Append(string text) => _line.Write(Encoding.UTF8.GetBytes(text));
}
