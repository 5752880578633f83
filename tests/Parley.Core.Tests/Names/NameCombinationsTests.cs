using Parley.Core.Names;

namespace Parley.Core.Tests.Names;

public sealed class NameCombinationsTests
{
    [Fact]
    public void The_numbers_give_exactly_the_pairs_of_8_to_12_characters()
    {
        string[] adjectives = ["Shy", "Calm", "Brave", "Steadfast", "Wry", "Awesome"];
        string[] animals = ["Ox", "Elk", "Heron", "Dolphin", "Albatross", "Otter"];
        var expected =
            from adjective in adjectives
            from animal in animals
            where adjective.Length + animal.Length is >= 8 and <= 12
            select (adjective, animal);

        var combinations = new NameCombinations(adjectives, animals);

        Assert.Equal(expected.Order(), Enumerable.Range(0, combinations.Count).Select(i => combinations[i]).Order());
    }

    [Fact]
    public void A_number_outside_the_range_is_refused()
    {
        var combinations = new NameCombinations(["Brave"], ["Otter"]);

        Assert.Equal(("Brave", "Otter"), combinations[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => combinations[-1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => combinations[1]);
    }

    [Fact]
    public void Words_that_fit_nothing_give_no_pairs()
    {
        Assert.Equal(0, new NameCombinations(["Shy"], ["Ox"]).Count);
        Assert.Equal(0, new NameCombinations([], []).Count);
    }
}
