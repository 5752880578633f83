using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Tests.Fixtures;
using Parley.Specification;

namespace Parley.Core.Tests.Delivery;

public sealed class DisconnectPolicyTests : ISessionConnection
{
    private static readonly string Text = new('x', 300);

    private readonly HandFlushes _flushes = new();
    private readonly TestBroker _test;
    private readonly SemaphoreSlim _disconnected = new(0);
    private int _disconnects;

    public DisconnectPolicyTests() => _test = new TestBroker(_flushes);

    [Fact]
    public async Task A_reader_that_falls_behind_is_disconnected_once_and_keeps_nothing()
    {
        var (ann, slow) = await StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await PostAsync(ann);
        }

        var drained = slow.Session.Outbox.WhenDrainedAsync();
        Assert.False(drained.IsCompleted);
        Assert.Equal(0, _disconnects);
        for (var i = 0; i < 10; i++)
        {
            await PostAsync(ann);
        }

        Assert.True(await _disconnected.WaitAsync(TestSession.Patience, TestContext.Current.CancellationToken));
        Assert.True(drained.IsCompleted);
        Assert.True(slow.Session.Outbox.WhenSentAsync().IsCompleted);
        Assert.Equal(0, slow.Session.Outbox.WaitingBytes);
        slow.Read();
        Assert.Empty(slow.Waiting());
        Assert.Equal(1, _disconnects);
    }

    [Fact]
    public async Task The_author_of_the_direct_message_that_was_too_much_is_told()
    {
        var (ann, _) = await StartAsync();

        for (var i = 0; i < 3; i++)
        {
            Assert.Empty(await ann.TellAsync(Text, "Slow"));
        }

        Assert.Equal(["Slow"], await ann.TellAsync(Text, "Slow"));
    }

    void ISessionConnection.End() => Assert.Fail("Nobody has asked for it.");

    void ISessionConnection.CutOff()
    {
        Interlocked.Increment(ref _disconnects);
        _disconnected.Release();
    }

    private async Task PostAsync(TestSession ann)
    {
        await ann.MustPostAsync("main", Text);
        _flushes.Run();
    }

    private async Task<(TestSession Ann, TestSession Slow)> StartAsync()
    {
        var ann = await _test.SignInAsync("Ann", "main");
        var options = new OutboxOptions { MaxBytes = 1000, Overflow = OverflowPolicy.Disconnect };
        var slow = await TestBroker.SignInAsync("Slow", _test.NewSession(outbox: options), "main");
        slow.Session.Connection = this;
        _flushes.Run();
        slow.Sink.Room = 0;
        return (ann, slow);
    }
}
