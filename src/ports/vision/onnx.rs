//! ONNX models, run by tract.

use std::{path::Path, sync::Arc};

use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tract_onnx::{
    prelude::{
        DatumType, Framework, InferenceFact, InferenceModel, InferenceModelExt, IntoRunnable, RunnableModel, Tensor,
        TractError, TractResult, TypedFact, TypedModel, TypedOp, tvec,
    },
    tract_hir::infer::Factoid,
};

use super::{ImageModel, OpenModelError, Pixels, VisionError};
use crate::kernel::secret::hex;

/// Width and height used for a model that accepts any size.
const DEFAULT_SIDE: u32 = 224;
/// Supported widths and heights.
const SIDES: std::ops::RangeInclusive<u32> = 16..=1024;
/// Supported sizes of a model's output.
const OUTPUTS: std::ops::RangeInclusive<usize> = 2..=8192;
/// Mean and standard deviation of red, green and blue over ImageNet, by which nearly all image models expect their
/// input to be normalised (torchvision's documentation of its models).
const MEAN: [f32; 3] = [0.485, 0.456, 0.406];
const DEVIATION: [f32; 3] = [0.229, 0.224, 0.225];

/// A model loaded from an ONNX file.
pub struct OnnxModel {
    runnable: Arc<Runnable>,
    size: (u32, u32),
    outputs: usize,
    fingerprint: String,
    /// Half of the processors: the others answer requests.
    slots: Arc<Semaphore>,
}

type Runnable = RunnableModel<TypedFact, Box<dyn TypedOp>>;

impl OnnxModel {
    /// Loads a model and tests it once with a grey picture. Takes seconds for a large one.
    pub fn open(path: &Path) -> Result<Self, OpenModelError> {
        let name = || path.display().to_string();
        let bytes = std::fs::read(path).map_err(|cause| OpenModelError::Unreadable { path: name(), cause })?;
        let broken = |cause: String| OpenModelError::NotAModel { path: name(), cause };
        let mut model = tract_onnx::onnx()
            .model_for_read(&mut bytes.as_slice())
            .map_err(|error| broken(format!("{error:#}")))?;
        let size = input_size(&model).map_err(|taken| OpenModelError::WrongInput { path: name(), taken })?;
        let (width, height) = size;
        let fact = InferenceFact::dt_shape(DatumType::F32, [1, 3, height as usize, width as usize]);
        let ready = model.set_input_fact(0, fact).and_then(|()| model.into_optimized());
        let runnable = ready
            .and_then(TypedModel::into_runnable)
            .map_err(|error| broken(format!("{error:#}")))?;
        let grey = Pixels {
            width,
            height,
            rgb: vec![128; 3 * width as usize * height as usize],
        };
        let answer = run(&runnable, &grey).map_err(|error| match error {
            Failure::Run(cause) => broken(cause),
            Failure::Output(answered) => OpenModelError::WrongOutput { path: name(), answered },
        })?;
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Self {
            runnable,
            size,
            outputs: answer.len(),
            fingerprint: hex(&Sha256::digest(&bytes)).chars().take(16).collect(),
            slots: Arc::new(Semaphore::new(processors.div_ceil(2))),
        })
    }
}

#[async_trait::async_trait]
impl ImageModel for OnnxModel {
    fn size(&self) -> (u32, u32) {
        self.size
    }

    fn outputs(&self) -> usize {
        self.outputs
    }

    fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    async fn look(&self, pixels: Pixels) -> Result<Vec<f32>, VisionError> {
        let slot = self.slots.clone().acquire_owned().await;
        let slot = slot.map_err(|closed| VisionError(closed.to_string()))?;
        let runnable = self.runnable.clone();
        // The slot is held until the work is done, even if nobody waits for it any more.
        let work = tokio::task::spawn_blocking(move || {
            let answer = run(&runnable, &pixels);
            drop(slot);
            answer
        });
        match work.await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(Failure::Run(cause) | Failure::Output(cause))) => Err(VisionError(cause)),
            Err(broken) => Err(VisionError(broken.to_string())),
        }
    }
}

/// Reasons why there is no vector.
enum Failure {
    Run(String),
    Output(String),
}

fn run(runnable: &Arc<Runnable>, pixels: &Pixels) -> Result<Vec<f32>, Failure> {
    let failed = |error: TractError| Failure::Run(format!("{error:#}"));
    let input = tensor(pixels).map_err(failed)?;
    let outputs = runnable.run(tvec!(input.into())).map_err(failed)?;
    let output = outputs.first().ok_or_else(|| Failure::Output("nothing".to_owned()))?;
    let answered = || Failure::Output(format!("{:?} of the shape {:?}", output.datum_type(), output.shape()));
    let values = output.to_plain_array_view::<f32>().map_err(|_| answered())?;
    let is_vector = output.shape().iter().filter(|length| **length != 1).count() <= 1;
    if !is_vector || !OUTPUTS.contains(&values.len()) {
        return Err(answered());
    }
    Ok(values.iter().copied().collect())
}

/// Width and height of the single picture that a model takes; otherwise a description of its input.
fn input_size(model: &InferenceModel) -> Result<(u32, u32), String> {
    let inputs = model.input_outlets().map_err(|error| error.to_string())?.len();
    if inputs != 1 {
        return Err(format!("{inputs} inputs"));
    }
    let fact = model.input_fact(0).map_err(|error| error.to_string())?;
    let taken = || format!("{fact:?}");
    let is_float = fact.datum_type.concretize().is_none_or(|kind| kind == DatumType::F32);
    let lengths: Vec<Option<i64>> = fact
        .shape
        .dims()
        .map(|length| length.concretize().and_then(|length| length.to_i64().ok()))
        .collect();
    let [batch, channels, height, width] = lengths.as_slice() else {
        return Err(taken());
    };
    let side = |length: &Option<i64>| {
        let side = length.map_or(Some(DEFAULT_SIDE), |length| u32::try_from(length).ok());
        side.filter(|side| SIDES.contains(side)).ok_or_else(taken)
    };
    if !is_float || batch.is_some_and(|batch| batch != 1) || channels.is_some_and(|channels| channels != 3) {
        return Err(taken());
    }
    Ok((side(width)?, side(height)?))
}

/// The picture as 1 × 3 × height × width floats.
fn tensor(pixels: &Pixels) -> TractResult<Tensor> {
    let (width, height) = (pixels.width as usize, pixels.height as usize);
    let scales = MEAN.into_iter().zip(DEVIATION).enumerate();
    let values = scales.flat_map(|(channel, (mean, deviation))| {
        let levels = pixels.rgb.iter().skip(channel).step_by(3);
        levels.map(move |level| (f32::from(*level) / 255.0 - mean) / deviation)
    });
    Tensor::from_shape(&[1, 3, height, width], &values.collect::<Vec<f32>>())
}
