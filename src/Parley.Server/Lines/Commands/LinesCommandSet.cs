using System.Text;
using Parley.Protocol.Lines;
using Parley.Server.Connections;

namespace Parley.Server.Lines.Commands;

/// <summary>Commands that clients may send, found by their words; <c>/help</c> and the greeting are written from it.</summary>
internal sealed class LinesCommandSet
{
    private readonly Dictionary<string, LinesCommand>.AlternateLookup<ReadOnlySpan<char>> _byWord;

    /// <param name="all">The commands, in the order of <c>/help</c>.</param>
    public LinesCommandSet(IReadOnlyList<LinesCommand> all)
    {
        _byWord = all.ToDictionary(command => command.Word, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        Help = Answer.Encode(output =>
        {
            LinesWriter.HelpHeader(output);
            foreach (var command in all)
            {
                LinesWriter.HelpEntry(output, command.Usage, command.Summary);
            }
        });
    }

    /// <summary>The command list, in the bytes of the protocol.</summary>
    public byte[] Help { get; }

    /// <summary>True if a line may come from somebody who has to log in first.</summary>
    public bool IsBeforeLogin(LinesRequest request) => request.IsCommand && Find(request.Command) is null or { IsBeforeLogin: true };

    /// <summary>The command of exactly that word; null if there is none.</summary>
    public LinesCommand? Find(ReadOnlySpan<byte> word)
    {
        Span<char> characters = stackalloc char[16];
        return word.Length <= characters.Length
            && Encoding.UTF8.TryGetChars(word, characters, out var length)
            && _byWord.TryGetValue(characters[..length], out var command) ? command : null;
    }
}
