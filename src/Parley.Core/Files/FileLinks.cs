using System.Text;

namespace Parley.Core.Files;

/// <summary>Finds the uploaded files that a message links to.</summary>
/// <remarks>
/// <code>
/// link = *any "/files/" id [ "/" name ]      ; id as in <see cref="FileId"/>
/// </code>
/// Which server the link leads to is not looked at: no other server has a file of that id.
/// </remarks>
public static class FileLinks
{
    private static ReadOnlySpan<byte> Folder => "/files/"u8;

    /// <summary>The ids in a text, in order, each once; most texts have none, and cost one search.</summary>
    public static IReadOnlyList<FileId> In(ReadOnlySpan<byte> text)
    {
        List<FileId>? found = null;
        Span<char> characters = stackalloc char[FileId.Length];
        while (text.IndexOf(Folder) is >= 0 and var at)
        {
            text = text[(at + Folder.Length)..];
            if (text.Length >= FileId.Length
                && Ascii.ToUtf16(text[..FileId.Length], characters, out _) == System.Buffers.OperationStatus.Done
                && FileId.TryParse(characters, out var id)
                && found?.Contains(id) != true)
            {
                (found ??= []).Add(id);
            }
        }

        return found ?? (IReadOnlyList<FileId>)[];
    }
}
