using System.Text;
using Parley.Protocol.Lines;
using Parley.Server.Connections;

namespace Parley.Server.Lines.Commands;

/// <summary>The commands there are; <c>/help</c> and the greeting are written from it.</summary>
internal static class LinesCommandTable
{
    /// <summary>In the order of <c>/help</c>.</summary>
    public static IReadOnlyList<LinesCommand> All { get; } =
    [
        new HelpCommand(),
        new NameCommand(),
        new RoomsCommand(),
        new JoinCommand(),
        new UsersCommand(),
        new MsgCommand(),
        new MeCommand(),
        new HistoryCommand(),
        new SearchCommand(),
        new TopicCommand(),
        new TimesCommand(),
        new QuitCommand(),
    ];

    /// <summary>The command list, in the bytes of the protocol.</summary>
    public static byte[] Help { get; } = Answer.Encode(static output =>
    {
        LinesWriter.HelpHeader(output);
        foreach (var command in All)
        {
            LinesWriter.HelpEntry(output, command.Usage, command.Summary);
        }
    });

    private static Dictionary<string, LinesCommand>.AlternateLookup<ReadOnlySpan<char>> ByWord { get; } =
        All.ToDictionary(command => command.Word, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The command of exactly that word; null if there is none.</summary>
    public static LinesCommand? Find(ReadOnlySpan<byte> word)
    {
        Span<char> characters = stackalloc char[16];
        return word.Length <= characters.Length
            && Encoding.UTF8.TryGetChars(word, characters, out var length)
            && ByWord.TryGetValue(characters[..length], out var command) ? command : null;
    }
}
