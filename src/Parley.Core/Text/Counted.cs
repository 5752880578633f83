using System.Globalization;

namespace Parley.Core.Text;

/// <summary>A number of things in a sentence for people: one thing is told without an <c>s</c>.</summary>
public static class Counted
{
    /// <summary><c>1 message</c>, <c>2 messages</c>, <c>0 messages</c>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="what">One of them, which gets an <c>s</c> for more.</param>
    public static string Of(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
