using System.Text;
using Parley.Core.History;

namespace Parley.Storage.Sqlite.Tests;

public sealed class FoldingTests
{
    [Fact]
    public async Task Words_are_folded_as_the_index_folds_them()
    {
        using var directory = new TemporaryDirectory();
        await using var store = SqliteHistoryStore.Open(directory.Path, new());
        // Latin with all its accents, combining marks, Greek, Cyrillic; and some of each further way of writing.
        int[] ranges = [0xC0, 0x24F, 0x300, 0x331, 0x388, 0x527, 0x5D0, 0x5EA, 0x620, 0x64A, 0x904, 0x94D, 0xE01, 0xE30, 0x1E00, 0x1EFF, 0x3041, 0x3096, 0x4E00, 0x4E80, 0xAC00, 0xAC80];
        Rune[] letters =
        [
            .. ranges.Chunk(2).SelectMany(range => Enumerable.Range(range[0], range[1] - range[0] + 1)).Select(value => new Rune(value))
                .Where(rune => Rune.GetUnicodeCategory(rune) != System.Globalization.UnicodeCategory.OtherNotAssigned),
        ];
        store.Append([.. letters.Select((letter, index) => Messages.Said("main", index + 1, $"w{index}{letter}x"))]);
        store.TidyUp();

        for (var index = 0; index < letters.Length; index++)
        {
            // What was written, and in the other case.
            foreach (var typed in new[] { $"w{index}{letters[index]}x", $"W{index}{Rune.ToUpperInvariant(letters[index])}X" })
            {
                var found = (await store.SearchAsync(new HistorySearch(Messages.Room("main"), typed), TestContext.Current.CancellationToken)).Entries;
                Assert.True(found.Any(entry => entry.Number == index + 1), $"U+{letters[index].Value:X4} is not found as '{typed}'");
            }
        }
    }
}
