using System.Globalization;
using System.Text;

namespace Parley.Net.Collect;

/// <summary>Writes a line of text per status: time in UTC, sender, what it says. Control characters are written as <c>\u001B</c>.</summary>
public sealed class TextStatusSink(Stream output) : IStatusSink
{
    /// <inheritdoc/>
    public async ValueTask WriteAsync(StatusLine line, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(line);
        string text = string.Create(CultureInfo.InvariantCulture, $"{line.Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {line.From} {Visible(line.Text)}\n");
        await output.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    // A sender could otherwise drive the terminal of whoever watches.
    private static string Visible(string text)
    {
        if (!text.Any(IsHidden))
        {
            return text;
        }

        var visible = new StringBuilder();
        foreach (char c in text)
        {
            _ = IsHidden(c) ? visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : visible.Append(c);
        }

        return visible.ToString();
    }

    private static bool IsHidden(char c) => char.IsControl(c) && c != '\t';
}
