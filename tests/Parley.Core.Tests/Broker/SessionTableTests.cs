using Parley.Core.Broker;
using Parley.Core.Broker.Sessions;
using Parley.Core.Delivery;
using Parley.Core.Queries;
using Parley.Specification;

namespace Parley.Core.Tests.Broker;

/// <summary>Sessions are found by their ids while others come and go.</summary>
public sealed class SessionTableTests
{
    private readonly SessionTable _table = new();

    [Fact]
    public void A_session_keeps_its_id_and_is_found_by_it_until_it_is_removed()
    {
        var session = NewSession();
        var id = _table.Add(session);

        Assert.Equal(id, _table.Add(session));
        Assert.Same(session, _table.Find(id));
        Assert.Equal([session], _table.All());

        _table.Remove(session);
        _table.Remove(session);
        Assert.Null(_table.Find(id));
        Assert.Empty(_table.All());
        Assert.Equal(default, session.Id);
        Assert.NotEqual(id, _table.Add(session));
    }

    [Fact]
    public void Nobody_in_particular_is_no_session()
    {
        _table.Add(NewSession());

        Assert.Null(_table.Find(SessionId.Anybody));
        Assert.Null(_table.Find(SessionId.Server));
    }

    [Fact]
    public void An_id_from_elsewhere_is_the_last_ones_that_has_it()
    {
        var (first, second) = (NewSession(), NewSession());
        _table.Add(first, new SessionId(7));
        _table.Add(second, new SessionId(7));
        Assert.Same(second, _table.Find(new SessionId(7)));
        Assert.Equal([second], _table.All());

        _table.Add(second, new SessionId(1L << 40));
        Assert.Null(_table.Find(new SessionId(7)));
        Assert.Same(second, _table.Find(new SessionId(1L << 40)));
        Assert.Equal([second], _table.All());
    }

    [Fact]
    public void Whatever_comes_and_goes_in_whatever_order_the_rest_is_found_and_nothing_else()
    {
        var random = new Random(5);
        var (here, gone) = (new Dictionary<SessionId, Session>(), new List<SessionId>());
        for (var step = 0; step < 30_000; step++)
        {
            // The number of sessions swings between none and some hundreds.
            if (random.Next(1000) < (step / 1000 % 2 == 0 ? 700 : 300))
            {
                var session = NewSession();
                if (random.Next(4) == 0)
                {
                    _table.Add(session, new SessionId((random.NextInt64(1, 4) << 40) + step));
                }

                here[_table.Add(session)] = session;
            }
            else if (here.Count > 0)
            {
                var (id, session) = here.ElementAt(random.Next(here.Count));
                here.Remove(id);
                gone.Add(id);
                _table.Remove(session);
            }

            if (step % 500 == 0)
            {
                Assert.All(here, each => Assert.Same(each.Value, _table.Find(each.Key)));
                Assert.All(gone, id => Assert.Null(_table.Find(id)));
                Assert.Equal(here.Values.ToHashSet(), _table.All().ToHashSet());
            }
        }
    }

    [Fact]
    public async Task Whoever_is_there_all_the_time_is_found_all_the_time()
    {
        const int Changes = 100_000;
        Session[] staying = [.. Enumerable.Range(0, 50).Select(_ => NewSession())];
        SessionId[] ids = [.. staying.Select(_table.Add)];
        var changing = Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            var some = new Queue<Session>();
            for (var change = 0; change < Changes; change++)
            {
                var session = some.Count > 100 || (change % 500 > 250 && some.Count > 0) ? some.Dequeue() : NewSession();
                if (session.Id == default)
                {
                    var id = _table.Add(session);
                    some.Enqueue(session);
                    Assert.Same(session, _table.Find(id));
                }
                else
                {
                    var id = session.Id;
                    _table.Remove(session);
                    Assert.Null(_table.Find(id));
                }
            }
        })));

        do
        {
            for (var number = 0; number < ids.Length; number++)
            {
                Assert.Same(staying[number], _table.Find(ids[number]));
                Assert.Null(_table.Find(SessionId.Anybody));
            }
        }
        while (!changing.IsCompleted);
        await changing;
    }

    private static Session NewSession() => new(new PlainFlavor(), new OutboxOptions());
}
