namespace Parley.Core.Delivery;

/// <summary>Calls back, on the finalizer's thread, whenever the garbage collector has gone through everything: the time to let go of what is only kept for later.</summary>
/// <remarks>It is garbage itself, found once a collection of its generation; after its first collections that is the oldest.</remarks>
internal sealed class FullCollection
{
    private readonly Action _callback;

    private FullCollection(Action callback) => _callback = callback;

#pragma warning disable MA0055 // A finalizer is how the collector tells.
    ~FullCollection()
#pragma warning restore MA0055
    {
        if (!Environment.HasShutdownStarted)
        {
            _callback();
            GC.ReRegisterForFinalize(this);
        }
    }

    /// <summary>Calls from now on; MUST NOT throw.</summary>
    public static void OnEach(Action callback) => _ = new FullCollection(callback);
}
