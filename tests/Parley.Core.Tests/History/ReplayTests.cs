using Parley.Core.History;
using Parley.Core.Intentions;
using Parley.Core.Tests.Fixtures;

namespace Parley.Core.Tests.History;

/// <summary>Whoever joins is shown what was last said, once, ahead of what comes.</summary>
public sealed class ReplayTests : IAsyncDisposable
{
    private readonly TestHistory _test = new();

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task The_last_messages_come_behind_the_welcome()
    {
        await _test.RememberAsync("main", 5);
        var ann = await _test.SignInAsync("Ann");

        await ann.JoinAsync("main", replay: 2);

        await ann.MustSeeAsync("main| welcome Ann", "main| before", "main #4| Past: 4", "main #5| Past: 5", "main| now");
    }

    [Fact]
    public async Task A_room_without_history_and_a_join_that_asks_for_none_show_nothing()
    {
        await _test.RememberAsync("old", 5);
        var ann = await _test.SignInAsync("Ann");

        await ann.JoinAsync("new", replay: 20);
        await ann.JoinAsync("old");
        await ann.MustPostAsync("old", "hi");

        await ann.MustSeeAsync("new| welcome Ann", "old| welcome Ann", "old| Ann: hi");
    }

    [Fact]
    public async Task Whoever_joins_while_a_message_is_being_kept_comes_in_behind_it_and_is_replayed_it()
    {
        using var hold = new Hold();
        await _test.RememberAsync("main", 1);
        var ann = await _test.SignInAsync("Ann", "main");
        var bob = await _test.SignInAsync("Bob");
        _test.Store.OnAppended = hold.Pause;

        await ann.PostAsync("main", "2");
        hold.WaitUntilReached();
        Assert.Equal(["1", "2"], _test.Store.Texts);
        var joining = bob.JoinAsync("main", replay: 20).AsTask();
        Assert.False(joining.IsCompleted);
        hold.Release();

        Assert.Equal(Verdict.Accepted, await joining);
        await ann.MustSeeAsync("main| Ann: 2", "main| Bob joined");
        await bob.MustSeeAsync("main| welcome Bob", "main| before", "main #1| Past: 1", "main #2| Ann: 2", "main| now");
        await ann.MustPostAsync("main", "3");
        await bob.MustSeeAsync("main| Ann: 3");
    }

    [Fact]
    public async Task What_is_said_while_history_is_read_comes_behind_it()
    {
        await _test.RememberAsync("main", 1);
        var ann = await _test.SignInAsync("Ann", "main");
        var bob = await _test.SignInAsync("Bob");
        var reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _test.Store.OnRead = () => reading.Task;

        var joining = bob.JoinAsync("main", replay: 20).AsTask();
        await ann.MustPostAsync("main", "live");
        await ann.MustSeeAsync("main| Bob joined", "main| Ann: live");
        await bob.MustSeeAsync("main| welcome Bob");
        Assert.Empty(bob.Waiting());

        reading.SetResult();
        await joining;
        await bob.MustSeeAsync("main| before", "main #1| Past: 1", "main| now", "main| Ann: live");
    }

    [Fact]
    public async Task Whoever_joins_when_history_cannot_be_read_is_in_all_the_same()
    {
        await _test.RememberAsync("main", 1);
        var ann = await _test.SignInAsync("Ann");
        _test.Store.OnRead = () => throw new HistoryException("broken");

        await ann.JoinAsync("main", replay: 20);
        await ann.MustPostAsync("main", "hi");

        await ann.MustSeeAsync("main| welcome Ann", "main| Ann: hi");
    }

    [Fact]
    public async Task While_many_talk_nobody_who_joins_misses_or_repeats_a_message()
    {
        const int Posts = 3000;
        var author = await _test.SignInAsync("Ann", "main");
        var posting = Task.Run(async () =>
        {
            for (var i = 1; i <= Posts; i++)
            {
                await author.PostAsync("main", $"{i}");
            }
        }, TestContext.Current.CancellationToken);

        for (var guest = 0; !posting.IsCompleted || guest < 3; guest++)
        {
            var session = await _test.SignInAsync($"Guest{guest}");
            await session.JoinAsync("main", replay: Posts);
            await session.SignOutAsync();
            var numbers = session.Waiting().Where(line => line.Contains("Ann: ", StringComparison.Ordinal)).Select(line => line.Split(": ")[1]);
            Assert.All(numbers.Select((text, index) => (text, index)), line => Assert.Equal($"{line.index + 1}", line.text));
        }

        await posting;
    }
}
