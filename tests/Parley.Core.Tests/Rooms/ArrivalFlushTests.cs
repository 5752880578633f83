using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Rooms;

/// <summary>An arrival has members of the user's other rooms given what it brought about there, and nothing else: rooms of thousands would be walked for everybody who comes.</summary>
public sealed class ArrivalFlushTests
{
    private readonly HandFlushes _flushes = new();
    private readonly TestBroker _test;
    private readonly TestSession _ann;
    private readonly TestSession _bob;
    private readonly TestSession _cid;

    public ArrivalFlushTests()
    {
        _test = new TestBroker(_flushes);
        (_ann, _bob, _cid) = (_test.NewSession(), _test.NewSession(), _test.NewSession());
    }

    [Theory]
    [InlineData("Ann", "one| Ann: new")]
    [InlineData("Cid")]
    public async Task Whoever_comes_into_a_room_has_its_own_words_in_another_given_to_its_members(string author, params string[] given)
    {
        await EnterAsync();
        await (author == "Ann" ? _ann : _cid).MustPostAsync("one", "new");

        await _ann.JoinAsync("two");

        Assert.Equal(given, _bob.Waiting());
    }

    [Fact]
    public async Task Words_that_members_were_given_are_not_given_again()
    {
        await EnterAsync();
        await _ann.MustPostAsync("one", "mine");
        _flushes.Run();
        await _cid.MustPostAsync("one", "later");

        await _ann.JoinAsync("two");

        Assert.Equal(["one| Ann: mine"], _bob.Waiting());
        _flushes.Run();
        Assert.Equal(["one| Cid: later"], _bob.Waiting());
    }

    [Fact]
    public async Task Words_of_a_second_session_go_ahead_of_where_the_first_one_comes_in()
    {
        await EnterAsync();
        var first = _test.NewSession();
        var second = _test.NewSession();
        await first.LogInAsync("Dan");
        await second.LogInAsync("Dan");
        await second.JoinAsync("one");
        _flushes.Run();
        _bob.Waiting();
        await second.MustPostAsync("one", "from the other");

        await first.JoinAsync("two");

        Assert.Equal(["one| Dan: from the other"], _bob.Waiting());
    }

    private async Task EnterAsync()
    {
        foreach (var (session, name) in new[] { (_ann, "Ann"), (_bob, "Bob"), (_cid, "Cid") })
        {
            await session.MustSignInAsync(name);
            await session.JoinAsync("one");
        }

        _flushes.Run();
        _bob.Waiting();
    }
}
