using ClinicalSuite.Appliance.Host;
using ClinicalSuite.Dicom;
using ClinicalSuite.Pipeline.Execution;

// `child-analyze` first: the child touches no database, scheduler or listener.
return args switch
{
    [ChildAnalysis.Verb, var order] => ChildAnalysis.Run(order, MisbehavingAnalysis.All),
    [FrameDecodingChild.Verb, var seconds] => FrameDecodingChild.Run(seconds),
    ["store", var data, var count] => await StoreVerb.RunAsync(data, int.Parse(count, null)),
    ["serve", var data, .. var settings] => await ServeVerb.RunAsync(data, settings),
    _ => 2,
};
