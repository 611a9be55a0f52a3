namespace OnnxChat.Gpt2.Export.Onnx;

/// <summary>Element types, by their numbers in <c>onnx.proto</c> (TensorProto.DataType).</summary>
internal enum OnnxDataType
{
    Float = 1,
    UInt8 = 2,
    Int32 = 6,
    Int64 = 7,
    Float16 = 10,
}
