namespace Parley.Cluster.Links;

/// <summary>Is told of links that do not come about. Strangers cause calls: they are to be counted rather than written down one by one.</summary>
public interface ILinkMonitor
{
    /// <summary>Somebody was refused at the listener for links.</summary>
    void Refused(string remote, string reason);
}
