using Parley.Core.Accounts;

namespace Parley.Server.Tests.Stores;

/// <summary>Changes by other servers, as a test has them.</summary>
internal sealed class HandChanges : IStoreChanges
{
    private readonly Lock _gate = new();
    private readonly List<(StorePart Part, Action WhenChanged)> _watches = [];

    public int Watches
    {
        get
        {
            lock (_gate)
            {
                return _watches.Count;
            }
        }
    }

    public IDisposable Watch(StorePart part, Action whenChanged)
    {
        lock (_gate)
        {
            _watches.Add((part, whenChanged));
        }

        return new Ending(() =>
        {
            lock (_gate)
            {
                _watches.Remove((part, whenChanged));
            }
        });
    }

    public void Tell(StorePart part)
    {
        (StorePart Part, Action WhenChanged)[] watches;
        lock (_gate)
        {
            watches = [.. _watches.Where(watch => watch.Part == part)];
        }

        Assert.NotEmpty(watches);
        Array.ForEach(watches, watch => watch.WhenChanged());
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
