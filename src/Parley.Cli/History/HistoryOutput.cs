using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Cli.Terminal;
using Parley.Core.Events;
using Parley.Core.History;
using Parley.Core.Text;
using Parley.Protocol.Framing;

namespace Parley.Cli.History;

/// <summary>Writes the output of the history commands: lines of text for people, or lines of JSON.</summary>
internal sealed class HistoryOutput : IDisposable
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly BufferedStream _stream;
    private readonly bool _isJson;

    public HistoryOutput(bool isJson)
    {
        _isJson = isJson;
        _stream = new BufferedStream(OutputStream.OpenWhileRead(), 1 << 16);
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
            // What users wrote must not drive the operator's terminal. Further lines stand behind blanks, as no message begins.
            var text = TextFormatting.Remove(entry.Text.Span);
            var separator = "";
            foreach (var line in text.Split((byte)'\n'))
            {
                Append(separator);
                Utf8Text.WriteWithoutControls(text[line], _line);
                separator = "\n    ";
            }

            Append("\n");
        }

        _stream.Write(_line.WrittenSpan);
        _line.ResetWrittenCount();
    }

    /// <summary>A result: an object of JSON, or what it is in words.</summary>
    public void Write<T>(T result, JsonTypeInfo<T> type, params string[] lines)
    {
        foreach (var line in _isJson ? [JsonSerializer.Serialize(result, type)] : lines)
        {
            _stream.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
    }

    public void Dispose() => _stream.Flush();

    private void Append(string text) => _line.Write(Encoding.UTF8.GetBytes(text));
}
