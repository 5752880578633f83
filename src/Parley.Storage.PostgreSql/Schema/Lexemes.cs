using System.Text;
using Parley.Core.History;
using Parley.Core.Names;
using Parley.Core.Search;

namespace Parley.Storage.PostgreSql.Schema;

/// <summary>Search terms as PostgreSQL's full-text search has them, as they are: no dictionary of its own changes them.</summary>
internal static class Lexemes
{
    // A lexeme may have 2046 bytes: https://www.postgresql.org/docs/15/textsearch-limits.html. A letter has four at most.
    private const int MaxLength = 500;

    /// <summary>The terms of an entry, with a space between; null for what is not searched: direct messages, and what was not said.</summary>
    public static string? Of(in HistoryEntry entry) => entry.Room.IsEmpty || !entry.Kind.HasWords()
        ? null
        : string.Join(' ', SearchTerms.Of(entry.Text.Span, entry.Author.Value).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Cut));

    // https://www.postgresql.org/docs/15/datatype-textsearch.html#DATATYPE-TSQUERY: terms have neither quotes nor a backslash.
    /// <summary>The query for what messages MUST have.</summary>
    public static string Query(SearchWords words, UserName author) => string.Join(
        " & ", SearchTerms.Of(words, author).Select(term => $"'{Cut(term.Text)}'{(term.IsPrefix ? ":*" : "")}"));

    private static string Cut(string term)
    {
        if (term.Length <= MaxLength)
        {
            return term;
        }

        var end = char.IsHighSurrogate(term[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return new StringBuilder(term, 0, end, end).ToString();
    }
}
