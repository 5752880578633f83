using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Rooms;

/// <summary>What happens in a room, but is not said, waits until nothing else is to be done; a message does not wait, and takes along all that is ahead of it.</summary>
public sealed class PatientFlushTests
{
    private readonly PatientFlushes _flushes = new();
    private readonly TestBroker _test;
    private readonly TestSession _ann;
    private readonly TestSession _bob;

    public PatientFlushTests()
    {
        _test = new TestBroker(_flushes);
        (_ann, _bob) = (_test.NewSession(), _test.NewSession());
    }

    [Fact]
    public async Task Presence_waits_for_idleness_and_goes_out_together()
    {
        await EnterAsync();
        await NewAsync("Cid");
        await NewAsync("Dan");

        _flushes.AtOnce.Run();
        Assert.Empty(_bob.Waiting());

        _flushes.Idle.Run();
        Assert.Equal(["one| Cid joined", "one| Dan joined"], _bob.Waiting());
    }

    [Fact]
    public async Task A_message_takes_along_what_happened_ahead_of_it_and_nothing_is_left_for_later()
    {
        await EnterAsync();
        await NewAsync("Cid");
        await _ann.MustPostAsync("one", "welcome");

        _flushes.AtOnce.Run();
        Assert.Equal(["one| Cid joined", "one| Ann: welcome"], _bob.Waiting());

        _flushes.Idle.Run();
        _flushes.AtOnce.Run();
        Assert.Empty(_bob.Waiting());
    }

    [Fact]
    public async Task Presence_behind_a_message_waits_anew()
    {
        await EnterAsync();
        await _ann.MustPostAsync("one", "first");
        _flushes.AtOnce.Run();
        _bob.Waiting();
        await NewAsync("Cid");

        _flushes.AtOnce.Run();
        Assert.Empty(_bob.Waiting());
        _flushes.Idle.Run();
        Assert.Equal(["one| Cid joined"], _bob.Waiting());
    }

    private async Task EnterAsync()
    {
        await _ann.MustSignInAsync("Ann");
        await _ann.JoinAsync("one");
        await _bob.MustSignInAsync("Bob");
        await _bob.JoinAsync("one");
        _flushes.AtOnce.Run();
        _flushes.Idle.Run();
        _bob.Waiting();
    }

    private async Task NewAsync(string name)
    {
        var session = _test.NewSession();
        await session.MustSignInAsync(name);
        await session.JoinAsync("one");
    }
}
