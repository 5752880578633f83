using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Parley.Net.Collect;

/// <summary>Writes a line of JSON per status: <c>{"time":"...","from":"...","text":"..."}</c> (https://jsonlines.org).</summary>
public sealed class JsonStatusSink(Stream output) : IStatusSink
{
    /// <inheritdoc/>
    public async ValueTask WriteAsync(StatusLine line, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(line);
        var bytes = new ArrayBufferWriter<byte>();
        var json = new Utf8JsonWriter(bytes);
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteString("time", line.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteString("from", line.From.ToString());
            json.WriteString("text", line.Text);
            json.WriteEndObject();
        }

        bytes.Write("\n"u8);
        await output.WriteAsync(bytes.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }
}
