namespace Parley.Server.Nodes;

/// <summary>The nodes of the cluster that a server takes part in. A server alone has no such service.</summary>
public interface IServerNodes
{
    /// <summary>Those that take part, this one among them, as it last heard of them.</summary>
    IReadOnlyList<ServerNode> Nodes { get; }

    /// <summary>True while nothing can be decided: the database has been away for two seconds, or no node is home.</summary>
    bool IsStalled { get; }
}
