using Parley.TestKit;

namespace Parley.Tour.Tests.Types;

public sealed class SharedTests
{
    private readonly Ending _value = new();

    [Fact]
    public void The_last_owner_to_let_go_ends_the_value()
    {
        var a = new Shared<Ending>(_value);
        Shared<Ending> b = a.Share();
        Assert.Equal(2, a.OwnerCount);
        Assert.Same(_value, b.Value);

        a.Dispose();
        Assert.Equal(0, _value.Ends);
        Assert.Equal(1, b.OwnerCount);
        b.Dispose();
        Assert.Equal(1, _value.Ends);
    }

    [Fact]
    public void An_owner_lets_go_once_and_has_nothing_afterwards()
    {
        var a = new Shared<Ending>(_value);
        using Shared<Ending> b = a.Share();
        a.Dispose();
        a.Dispose();

        Assert.Equal(0, _value.Ends);
        Assert.Throws<ObjectDisposedException>(() => a.Value);
        Assert.Throws<ObjectDisposedException>(a.Share);
        Assert.Same(_value, b.Value);
    }

    [Fact]
    public void A_weak_handle_finds_the_value_only_while_somebody_owns_it()
    {
        var a = new Shared<Ending>(_value);
        Weak<Ending> weak = a.Downgrade();
        Assert.Equal(1, a.OwnerCount);
        Assert.True(weak.TryUpgrade(out Shared<Ending>? b));
        a.Dispose();
        Assert.Same(_value, b.Value);
        b.Dispose();

        Assert.Equal(1, _value.Ends);
        Assert.False(weak.TryUpgrade(out _));
    }

    [Fact]
    public void A_circle_of_owners_never_ends_and_one_with_a_weak_direction_does()
    {
        var strong = new Node();
        using (var owner = new Shared<Node>(strong))
        {
            strong.Other = owner.Share();
        }

        Assert.False(strong.HasEnded);
        strong.Other.Dispose();

        var weak = new Node();
        using (var owner = new Shared<Node>(weak))
        {
            weak.Back = owner.Downgrade();
        }

        Assert.True(weak.HasEnded);
    }

    [Fact(Timeout = 60_000)]
    public async Task Owners_on_many_threads_end_the_value_once_and_never_under_an_owner()
    {
        for (int round = 0; round < 500; round++)
        {
            var value = new Ending();
            var first = new Shared<Ending>(value);
            Weak<Ending> weak = first.Downgrade();
            Task[] others = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                for (int i = 0; i < 10 && weak.TryUpgrade(out Shared<Ending>? owner); i++)
                {
                    using Shared<Ending> another = owner.Share();
                    Assert.Equal(0, another.Value.Ends);
                    owner.Dispose();
                }
            }))];
            first.Dispose();
            await Task.WhenAll(others).WithinSafetyAsync();
            Assert.Equal(1, value.Ends);
        }
    }

    private sealed class Ending : IDisposable
    {
        private int _ends;

        public int Ends => Volatile.Read(ref _ends);

        public void Dispose() => Interlocked.Increment(ref _ends);
    }

    private sealed class Node : IDisposable
    {
        public Shared<Node>? Other { get; set; }

        public Weak<Node>? Back { get; set; }

        public bool HasEnded { get; private set; }

        public void Dispose()
        {
            HasEnded = true;
            Other?.Dispose();
        }
    }
}
