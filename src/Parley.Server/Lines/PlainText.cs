using System.Text;
using Parley.Core.Text;

namespace Parley.Server.Lines;

/// <summary>Text of IRC clients as people on lines read it.</summary>
internal static class PlainText
{
    /// <summary>A topic or a reason without formatting.</summary>
    public static string Of(string text) => text.Any(char.IsControl) ? Encoding.UTF8.GetString(TextFormatting.Remove(Encoding.UTF8.GetBytes(text))) : text;
}
