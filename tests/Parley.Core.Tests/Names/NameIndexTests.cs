using System.Collections.Concurrent;
using Parley.Core.Names;

namespace Parley.Core.Tests.Names;

/// <summary>Names in their order, which are sorted when somebody reads them.</summary>
public sealed class NameIndexTests
{
    private readonly NameIndex<RoomName> _index = new();
    private readonly ConcurrentDictionary<RoomName, int> _rooms = new();

    [Fact]
    public void A_name_that_is_taken_again_while_it_is_taken_off_stays_in_the_order_of_names()
    {
        Assert.Empty(First(10));
        Add("main");

        // One has taken it off, and another has made it anew before the first comes here: what counts is what is there now.
        _index.Changed(Name("main"), _rooms);
        Assert.Equal([Name("main")], First(10));

        Remove("main");
        Assert.Empty(First(10));
    }

    [Fact]
    public void Names_behind_the_last_and_behind_one_that_is_gone_are_told_right()
    {
        RoomName[] all = [Name("alfa"), Name("bravo"), Name("delta")];
        foreach (var name in all)
        {
            Add(name.Value);
        }

        Assert.Equal(all[..2], First(2));
        Assert.Equal(all[1..], _index.After(all[0], limit: 2, _rooms));
        Assert.Equal([all[2]], _index.After(Name("charlie"), limit: 2, _rooms));
        Assert.Empty(_index.After(all[2], limit: 2, _rooms));
        Assert.Empty(_index.After(Name("zulu"), limit: 2, _rooms));
    }

    [Fact]
    public void Names_are_in_order_from_the_first_reader_until_many_have_changed_without_one()
    {
        Add("beta");
        Assert.False(_index.IsKept);
        Add("alfa");
        Assert.Equal([Name("alfa"), Name("beta")], First(10));
        Assert.True(_index.IsKept);

        // Readers in between keep the order, however much changes.
        for (var i = 0; i < NameIndex<RoomName>.FewChanges; i++)
        {
            Add("aaa");
            Remove("aaa");
            Assert.Equal([Name("alfa")], First(1));
        }

        Assert.True(_index.IsKept);
        for (var i = 0; i <= (NameIndex<RoomName>.FewChanges / 2) + 1; i++)
        {
            Add("aaa");
            Remove("aaa");
        }

        Assert.False(_index.IsKept);
        Add("gamma");
        Remove("alfa");
        Assert.Equal([Name("beta"), Name("gamma")], First(10));
    }

    [Fact]
    public async Task Whoever_comes_while_names_are_put_in_order_is_among_them()
    {
        string[] names = [.. Enumerable.Range(0, 2000).Select(number => $"room{number:0000}")];
        Parallel.ForEach(names[..1000], Add);
        var coming = Task.Run(() => Parallel.ForEach(names[1000..], Add), TestContext.Current.CancellationToken);
        var going = Task.Run(() => Parallel.ForEach(names[..500], Remove), TestContext.Current.CancellationToken);
        do
        {
            _ = First(10);
        }
        while (!coming.IsCompleted || !going.IsCompleted);

        await Task.WhenAll(coming, going);
        Assert.Equal(names[500..].Select(Name), First(5000));
    }

    private static RoomName Name(string text) => RoomName.TryParse(text, out var name) ? name : throw new ArgumentException(text, nameof(text));

    private IReadOnlyList<RoomName> First(int limit) => _index.After(default, limit, _rooms);

    private void Add(string name)
    {
        Assert.True(_rooms.TryAdd(Name(name), 0));
        _index.Changed(Name(name), _rooms);
    }

    private void Remove(string name)
    {
        Assert.True(_rooms.TryRemove(Name(name), out _));
        _index.Changed(Name(name), _rooms);
    }
}
