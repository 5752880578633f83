using Parley.Core.Names;

namespace Parley.Core.Tests.Names;

public sealed class NameGeneratorTests
{
    [Fact]
    public void There_are_more_than_100_000_names() => Assert.True(NameGenerator.Count > 100_000);

    [Fact]
    public void Every_name_is_valid_and_8_to_12_characters_long()
    {
        foreach (var name in Take(new NameGenerator(seed: 1), NameGenerator.Count))
        {
            Assert.InRange(name.Value.Length, 8, 12);
            Assert.True(UserName.TryParse(name.Value, out _), name.Value);
        }
    }

    [Fact]
    public void No_name_repeats_before_all_are_given()
    {
        var seen = new HashSet<UserName>(NameGenerator.Count);

        foreach (var name in Take(new NameGenerator(seed: 2), NameGenerator.Count))
        {
            Assert.True(seen.Add(name), $"{name} came twice");
        }
    }

    [Fact]
    public void After_all_are_given_the_walk_starts_over()
    {
        var generator = new NameGenerator(seed: 3);

        var firstRound = Take(generator, NameGenerator.Count).ToArray();

        Assert.Equal(firstRound.Take(100), Take(generator, 100));
    }

    [Fact]
    public void Any_ten_names_in_a_row_have_ten_different_adjectives()
    {
        var adjectives = Take(new NameGenerator(seed: 4), NameGenerator.Count).Select(Adjective).ToArray();

        for (var i = 0; i + 10 <= adjectives.Length; i++)
        {
            Assert.Equal(10, adjectives.AsSpan(i, 10).ToArray().Distinct().Count());
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_names() =>
        Assert.Equal(Take(new NameGenerator(seed: 5), 100), Take(new NameGenerator(seed: 5), 100));

    [Fact]
    public void Different_seeds_start_elsewhere()
    {
        var first = Enumerable.Range(0, 100).Select(seed => new NameGenerator((ulong)seed).Next()).ToArray();

        Assert.Equal(first.Length, first.Distinct().Count());
        Assert.NotEqual(new NameGenerator(ulong.MaxValue).Next(), new NameGenerator(ulong.MinValue).Next());
    }

    [Fact]
    public void Threads_never_get_the_same_name()
    {
        const int Threads = 4;
        var perThread = NameGenerator.Count / Threads;
        var generator = new NameGenerator(seed: 6);
        var given = new UserName[Threads][];
        using var barrier = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(i => new Thread(() =>
        {
            var mine = new UserName[perThread];
            barrier.SignalAndWait();
            for (var n = 0; n < mine.Length; n++)
            {
                mine[n] = generator.Next();
            }

            given[i] = mine;
        })).ToArray();

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(Threads * perThread, given.SelectMany(names => names).Distinct().Count());
    }

    private static IEnumerable<UserName> Take(NameGenerator generator, int count)
    {
        for (var i = 0; i < count; i++)
        {
            yield return generator.Next();
        }
    }

    private static string Adjective(UserName name) => name.Value[..name.Value.AsSpan().LastIndexOfAnyInRange('A', 'Z')];
}
