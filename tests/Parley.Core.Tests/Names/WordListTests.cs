using Parley.Core.Names;

namespace Parley.Core.Tests.Names;

public sealed class WordListTests
{
    [Fact]
    public void There_are_at_least_600_adjectives() => Assert.True(WordList.Adjectives.Count >= 600);

    [Fact]
    public void There_are_at_least_240_animals() => Assert.True(WordList.Animals.Count >= 240);

    [Theory]
    [InlineData("adjectives")]
    [InlineData("animals")]
    public void Every_word_is_3_to_9_letters_of_which_only_the_first_is_upper_case(string list) =>
        Assert.All(Words(list), word => Assert.Matches("^[A-Z][a-z]{2,8}$", word));

    [Theory]
    [InlineData("adjectives")]
    [InlineData("animals")]
    public void The_words_are_sorted(string list) => Assert.Equal(Words(list).Order(StringComparer.Ordinal), Words(list));

    [Theory]
    [InlineData("adjectives")]
    [InlineData("animals")]
    public void No_word_is_there_twice_in_any_case(string list) =>
        Assert.Equal(Words(list).Count, Words(list).Distinct(StringComparer.OrdinalIgnoreCase).Count());

    [Fact]
    public void No_word_is_both_an_adjective_and_an_animal() =>
        Assert.Empty(WordList.Adjectives.Intersect(WordList.Animals, StringComparer.OrdinalIgnoreCase));

    [Theory]
    [InlineData("adjectives")]
    [InlineData("animals")]
    public void Every_word_is_part_of_some_name(string list)
    {
        var others = Words(list == "animals" ? "adjectives" : "animals");
        Assert.All(Words(list), word => Assert.Contains(others, other => word.Length + other.Length is >= 8 and <= 12));
    }

    private static IReadOnlyList<string> Words(string list) => list == "animals" ? WordList.Animals : WordList.Adjectives;
}
