using Parley.Core.History;
using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.History;

public sealed class FailingStoreTests
{
    private readonly HookedStore _store = new();

    [Fact]
    public async Task Chat_goes_on_the_rooms_are_told_and_what_was_said_meanwhile_is_kept_when_the_store_is_back()
    {
        await using var test = new TestHistory(_store);
        var ann = await test.SignInAsync("Ann", "main");
        await ann.MustPostAsync("main", "1");
        var fails = true;
        _store.OnAppend = _ =>
        {
            if (Volatile.Read(ref fails))
            {
                throw new HistoryException("full");
            }
        };

        await ann.MustPostAsync("main", "2");
        await ann.MustPostAsync("main", "3");
        await ann.MustSeeAsync("main| Ann: 1", "main| Server cannot keep history at the moment", "main| Ann: 2", "main| Ann: 3");
        Assert.Equal(["1"], _store.Texts);

        Volatile.Write(ref fails, false);
        await ann.MustSeeAsync("main| Server keeps history again");
        await ann.MustPostAsync("main", "4");
        Assert.Equal(["1", "2", "3", "4"], _store.Texts);
        Assert.Equal([1L, 2, 3, 4], _store.Entries.Select(entry => entry.Number));
        Assert.Equal((1, 1, 0L), (test.Monitor.Failures, test.Monitor.Recoveries, test.Monitor.LostMessages));
    }

    [Fact]
    public async Task No_more_than_the_limit_waits_for_the_store_and_the_rest_is_counted_as_lost()
    {
        await using var test = new TestHistory(_store, new RecordingOptions { MaxUnkept = 2 });
        var ann = await test.SignInAsync("Ann", "main");
        _store.OnAppend = _ => throw new HistoryException("full");
        foreach (var text in new[] { "1", "2", "3", "4", "5" })
        {
            await ann.MustPostAsync("main", text);
        }

        _store.OnAppend = null;
        await test.Broker.StopAsync();

        Assert.Equal(["1", "2"], _store.Texts);
        Assert.Equal(3, test.Monitor.LostMessages);
    }

    [Fact]
    public async Task What_cannot_be_kept_to_the_end_is_counted_as_lost()
    {
        await using var test = new TestHistory(_store);
        var ann = await test.SignInAsync("Ann", "main");
        _store.OnAppend = _ => throw new HistoryException("full");
        await ann.MustPostAsync("main", "1");
        await ann.MustPostAsync("main", "2");

        await test.Broker.StopAsync();

        Assert.Equal(2, test.Monitor.LostMessages);
    }

    [Fact]
    public async Task Where_nothing_may_go_out_unkept_the_author_is_told_and_nobody_sees_it()
    {
        await using var test = new TestHistory(_store, new RecordingOptions { OnFailure = HistoryFailurePolicy.Refuse });
        var ann = await test.SignInAsync("Ann", "main");
        var bob = await test.SignInAsync("Bob", "main");
        await ann.MustSeeAsync("main| Bob joined");
        _store.OnAppend = _ => throw new HistoryException("full");

        await ann.MustPostAsync("main", "1");
        Assert.Empty(await ann.TellAsync("psst", "Bob"));
        await ann.MustSeeAsync("main| Server cannot keep history at the moment", "refused: 1", "refused: psst");

        _store.OnAppend = null;
        await ann.MustPostAsync("main", "2");
        await bob.MustSeeAsync("main| Server cannot keep history at the moment", "main| Server keeps history again", "main| Ann: 2");
        Assert.Equal(["2"], _store.Texts);
    }

    [Fact]
    public async Task A_room_that_is_joined_while_the_store_cannot_be_read_is_for_talking_all_the_same()
    {
        await using var test = new TestHistory(_store);
        _store.OnNumber = () => throw new HistoryException("locked");
        var ann = await test.SignInAsync("Ann", "main");

        await ann.MustPostAsync("main", "hi");

        await ann.MustSeeAsync("main| Ann: hi");
        Assert.Empty(_store.Entries);
    }

    [Theory]
    [InlineData(HistoryFailurePolicy.Deliver)]
    [InlineData(HistoryFailurePolicy.Refuse)]
    public async Task One_message_that_the_store_does_not_take_is_nobody_elses_loss(HistoryFailurePolicy policy)
    {
        await using var test = new TestHistory(_store, new RecordingOptions { OnFailure = policy });
        var ann = await test.SignInAsync("Ann", "main");
        var bob = await test.SignInAsync("Bob", "side");
        using var hold = new Hold();
        _store.OnAppend = texts =>
        {
            if (texts is ["1"])
            {
                hold.Pause();
            }

            if (texts.Contains("culprit"))
            {
                throw new ArgumentException("too high a number", nameof(texts));
            }
        };

        // All but the first come in while that is being kept: one batch.
        await ann.PostAsync("main", "1");
        hold.WaitUntilReached();
        await ann.PostAsync("main", "2");
        await bob.PostAsync("side", "culprit");
        await ann.PostAsync("main", "3");
        await bob.PostAsync("side", "4");
        hold.Release();

        await ann.MustSeeAsync("main| Ann: 1", "main| Ann: 2", "main| Ann: 3");
        await bob.MustSeeAsync(policy == HistoryFailurePolicy.Deliver ? ["side| Bob: culprit", "side| Bob: 4"] : ["refused: culprit", "side| Bob: 4"]);
        Assert.Equal(["1", "2", "3", "4"], _store.Texts);
        Assert.Equal((0, 1), (test.Monitor.Failures, test.Monitor.Rejections));
        Assert.Equal(policy == HistoryFailurePolicy.Deliver ? 1 : 0, test.Monitor.LostMessages);
    }

    [Fact]
    public async Task What_waited_for_the_store_is_kept_but_for_what_the_store_does_not_take()
    {
        await using var test = new TestHistory(_store);
        var ann = await test.SignInAsync("Ann", "main");
        _store.OnAppend = _ => throw new HistoryException("full");
        foreach (var text in new[] { "1", "culprit", "2", "3", "culprit", "4", "culprit" })
        {
            await ann.MustPostAsync("main", text);
        }

        _store.OnAppend = texts =>
        {
            if (texts.Contains("culprit"))
            {
                throw new ArgumentException("too high a number", nameof(texts));
            }
        };
        await test.Broker.StopAsync();

        Assert.Equal(["1", "2", "3", "4"], _store.Texts);
        Assert.Equal(3, test.Monitor.LostMessages);
    }
}
