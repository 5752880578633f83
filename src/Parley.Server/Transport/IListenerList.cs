namespace Parley.Server.Transport;

/// <summary>Where a server that an application hosts listens, HTTP apart.</summary>
public interface IListenerList
{
    /// <summary>The listeners that are ready; empty before the application has started.</summary>
    IEnumerable<Listener> Listeners { get; }
}
